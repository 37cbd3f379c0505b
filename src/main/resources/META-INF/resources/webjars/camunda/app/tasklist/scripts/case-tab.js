/**
 * A tab beside the form of every task with the whole case: what it is about, the evidence, what happened, the buyer's
 * other cases, and how cases alike ended. It only reads, asks our own REST with the session of Tasklist, and puts every
 * text from there in as text. Loaded by ../scripts/config.js.
 */
import { gallery } from "./case-gallery.js";
import { TEXTS } from "./case-texts.js";

const language = (navigator.languages?.[0] ?? navigator.language ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
const locale = language === "zh" ? "zh-CN" : "en-GB";
const GOOD = new Set(["REFUNDED", "EXCHANGED", "REPAIRED"]);
const BAD = new Set(["REJECTED", "NOTHING_ACCEPTED", "NOT_REPAIRED", "PAYOUT_CANCELLED"]);
const DAY = 86_400_000;

const t = (key, values = {}) => (TEXTS[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** A code that has no word of its own reads like one: NEW_CODE becomes New code. */
const word = (code) => TEXTS[language][code] ?? (/^[A-Z_]+$/.test(code) ? code[0] + code.slice(1).toLowerCase().replaceAll("_", " ") : code);

/** Who did something: a word for what is nobody, otherwise the name of the user. */
const who = (actor) => TEXTS[language][`by_${actor}`] ?? actor;

/** Makes an element; children are elements or texts, and what is missing is left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function money(currency, minor) {
  if (minor === null || minor === undefined) return "–";
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  return `${currency} ${new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(minor / 10 ** digits)}`;
}

/** As the market's clock shows it, like the form and the card: the server tells every time in the market's zone. */
const ofTheMarket = (iso, style) => new Intl.DateTimeFormat(locale, { ...style, timeZone: "UTC" }).format(new Date(iso.replace(/([+-]\d\d:\d\d|Z)$/, "Z")));
const moment = (iso) => ofTheMarket(iso, { dateStyle: "medium", timeStyle: "short" });
const day = (iso) => ofTheMarket(iso, { dateStyle: "medium" });
const zone = (iso) => `UTC${/([+-]\d\d:\d\d)?Z?$/.exec(iso)[1] ?? ""}`;
const step = (action) => TEXTS[language][action] ?? action.replace(/^(Task|Gateway|Event)_/, "").replace(/(?!^)([A-Z])/g, (_, letter) => ` ${letter.toLowerCase()}`);
const tone = (code) => (GOOD.has(code) || code === "COMPLETED" ? "good" : BAD.has(code) ? "bad" : "even");
const chip = (code) => make("span", { class: `story-chip ${tone(code)}` }, word(code));

function section(key, note, ...content) {
  const id = `story-${key}`;
  return make("section", { class: `story-part ${key}`, "aria-labelledby": id }, make("h4", { id }, t(key)), note ? make("p", { class: "story-note" }, note) : null, ...content);
}

const nothing = (text) => make("p", { class: "story-none" }, text);

/** A task is about a case, about what a buyer said, or about what a buyer said of a case. */
function facts(story) {
  const { afterSale: it, said } = story;
  const waits = [...(it?.next ?? []), ...(said?.next ?? [])];
  const figures = it && make("dl", { class: "story-figures" }, ...[["asked", it.requestedMinor], ["refundable", it.refundableMinor], ["approved", it.approvedMinor], ["paid", it.paidMinor]]
    .map(([key, minor]) => make("div", {}, make("dt", {}, t(key)), make("dd", {}, money(it.currency, minor)))));
  const rows = [
    ["kind", [said?.kind, it?.kind, it?.convertedTo].filter(Boolean).map(word).join(" → ")],
    ["topic", said?.topic && word(said.topic)], ["words", said?.content], ["satisfaction", said?.satisfaction && `${said.satisfaction} / 5`],
    ["reason", it && word(it.reason)], ["articles", story.articles.map((article) => `${article.title} × ${article.quantity}`).join(", ") || said?.sku],
    [said ? "wordsThen" : "words", it?.description],
    ["verdict", it?.verdict && `${word(it.verdict.value)} · ${it.verdict.legalBasis} (${t("version", it.verdict)})`],
    ["next", waits.map((wait) => [word(wait.owner), step(wait.action), wait.dueAt && t("due", { at: `${moment(wait.dueAt)} (${zone(wait.dueAt)})` })].filter(Boolean).join(" · ")).join("\n")],
    ["parcel", it?.parcel && [it.parcel.carrier, it.parcel.trackingNumber, it.parcel.lastSeen && t("seen", { text: it.parcel.lastSeen })].filter(Boolean).join(" · ")],
    ["order", said?.orderId ?? it?.orderId], ["buyer", (said ?? it).buyerId], ["shop", (said ?? it).merchantId],
  ].filter(([, text]) => text);
  return make("header", { class: "story-head" },
    make("p", { class: "story-title" }, make("strong", {}, story.number), chip(said?.status ?? it.outcome ?? it.status)), figures ?? null,
    make("dl", { class: "story-facts" }, ...rows.flatMap(([key, text]) => [make("dt", {}, t(key)), make("dd", {}, text)])));
}

function timeline(moments) {
  return section("timeline", null, make("ol", { class: "story-line" }, ...moments.map((it) =>
    make("li", { class: `by-${["buyer", "rules", "deadline"].includes(it.actor) ? it.actor : "person"}` },
      make("p", { class: "story-when" }, make("time", { datetime: it.at }, moment(it.at)), make("span", { class: "story-who" }, who(it.actor))),
      make("p", { class: "story-what" }, it.text),
      it.remark ? make("p", { class: "story-remark" }, make("span", {}, t("remark")), " ", it.remark) : null))));
}

/** Cases in rows: where each stands or how it ended, first of all. */
function table(heading, items, marksArticle) {
  const row = (it) => {
    const decided = it.decision ? [who(it.decision.by), word(it.decision.decision), it.decision.reasonCode && word(it.decision.reasonCode)].filter(Boolean).join(" · ") : "–";
    return make("tr", {},
      make("th", { scope: "row" }, chip(it.outcome ?? it.status)),
      make("td", { class: "n" }, `${money(it.currency, it.requestedMinor)} → ${money(it.currency, it.paidMinor)}`),
      make("td", {}, `${word(it.kind)} · ${word(it.reason)}`, make("small", {}, it.articles.map((article) => `${article.title} × ${article.quantity}`).join(", "),
        marksArticle ? " " : null, marksArticle ? make("span", { class: "story-mark" }, t(it.sameArticle ? "sameArticle" : "sameCategory")) : null)),
      make("td", {}, decided),
      make("td", {}, day(it.appliedAt), make("small", {}, it.number)));
  };
  return make("div", { class: "story-scroll", tabindex: "0", role: "region", "aria-labelledby": `story-${heading}` }, make("table", {},
    make("thead", {}, make("tr", {}, ...[heading === "alike" ? "ended" : "state", "askedPaid", "article", "decided", "applied"].map((key) => make("th", { scope: "col" }, t(key))))),
    make("tbody", {}, ...items.map(row))));
}

function ofBuyer(story) {
  const items = story.casesOfBuyer;
  if (!items.length) return section("ofBuyer", null, nothing(t("noneOfBuyer")));
  const count = (fits) => items.filter(fits).length;
  return section("ofBuyer", t("ofBuyerNote", { n: items.length, recent: count((it) => Date.now() - Date.parse(it.appliedAt) < 30 * DAY),
    rejected: count((it) => it.outcome === "REJECTED" || it.decision?.decision === "REJECT"), paid: count((it) => it.paidMinor > 0) }), table("ofBuyer", items, false));
}

function alike(story) {
  if (!story.afterSale) return null;
  const items = story.casesAlike;
  if (!items.length) return section("alike", null, nothing(t("noneAlike")));
  const approved = items.filter((it) => it.approvedMinor !== null);
  const shares = approved.filter((it) => it.requestedMinor > 0).map((it) => it.approvedMinor / it.requestedMinor);
  const share = shares.length ? new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(shares.reduce((a, b) => a + b, 0) / shares.length) : null;
  const sum = [t("alikeSum", { approved: approved.length, n: items.length }), share && t("alikeShare", { share })].filter(Boolean).join(" · ");
  const bar = make("div", { class: "story-bar", role: "img", "aria-label": sum }, ...items.map((it) => make("span", { class: tone(it.outcome ?? it.status) })));
  return section("alike", t("alikeNote"), make("p", { class: "story-sum" }, sum), bar, table("alike", items, true));
}

async function ask(taskId) {
  let answer;
  try {
    answer = await fetch(`/api/tasks/${encodeURIComponent(taskId)}/story`, { credentials: "same-origin", headers: { Accept: "application/json, application/problem+json", "X-Requested-With": "tasklist" } });
  } catch {
    throw new Error(t("offline"));
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw new Error(body.code === "case-not-found" ? t("none") : body.code === "task-not-found" ? t("gone") : body.detail ?? `HTTP ${answer.status}`);
}

async function show(node, taskId) {
  node.setAttribute("aria-busy", "true");
  node.replaceChildren(make("p", { class: "story-none", role: "status" }, t("loading")));
  try {
    const story = await ask(taskId);
    const words = { make, t, section, nothing };
    node.replaceChildren(...[facts(story), gallery(story.pictures, words), alike(story), ofBuyer(story), timeline(story.timeline)].filter(Boolean));
  } catch (problem) {
    const again = make("button", { type: "button", class: "btn btn-default" }, t("retry"));
    again.addEventListener("click", () => show(node, taskId));
    node.replaceChildren(make("div", { class: "story-none", role: "alert" }, make("p", {}, problem.message), again));
  }
  node.setAttribute("aria-busy", "false");
}

export default {
  id: "aftersale-case",
  pluginPoint: "tasklist.task.detail",
  priority: 900,
  properties: { label: t("tab") },
  render: (node, { taskId }) => {
    const style = new URL("case-tab.css", import.meta.url).href;
    if (!document.querySelector(`link[href="${style}"]`)) document.head.append(make("link", { rel: "stylesheet", href: style }));
    node.classList.add("story");
    node.lang = language === "zh" ? "zh-CN" : "en";
    show(node, taskId);
  },
};
