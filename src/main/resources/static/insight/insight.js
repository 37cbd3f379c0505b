/**
 * The page on which people look at what the flows do. It asks for figures, draws them, and writes the same figures as a
 * table beside each drawing. It changes nothing on the server, and every text from there is put in as text.
 */
import { FlowMap } from "/insight/flows.js";
import { TEXTS } from "/insight/texts.js";

const KINDS = ["REFUND", "RETURN", "EXCHANGE", "REPAIR"];
const DIGITS = { JPY: 0, KRW: 0, VND: 0 };
const DAY = 86_400_000;
const $ = (id) => document.getElementById(id);
const state = { language: "en", answer: null, problem: null, asked: 0, charts: [], merchants: [] };

function t(key, values = {}) {
  return (TEXTS[state.language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** Makes an element; children are elements or texts. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const locale = () => (state.language === "zh" ? "zh-CN" : "en-GB");
const number = (n, digits = 0) => new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(n);
const percent = (share) => (share ? new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 }).format(share.value) : "–");
const shortDay = (iso) => new Intl.DateTimeFormat(locale(), { month: "short", day: "numeric", timeZone: "UTC" }).format(new Date(iso));
/** As the market's clock shows it: the server tells every time in the market's zone. */
const moment = (iso) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" }).format(new Date(iso.replace(/([+-]\d\d:\d\d|Z)$/, "Z")));
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Minor units as people write them. */
function money(currency, minor) {
  const digits = DIGITS[currency] ?? 2;
  return `${currency} ${new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(minor / 10 ** digits)}`;
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 90) return t("seconds", { n: number(seconds) });
  if (seconds < 5400) return t("minutes", { n: number(seconds / 60) });
  if (seconds < 172_800) return t("hours", { n: number(seconds / 3600, 1) });
  return t("daysN", { n: number(seconds / 86_400, 1) });
}

async function ask(path) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "application/json, application/problem+json", "X-Requested-With": "insight" } });
  } catch {
    throw { text: t("offline") };
  }
  if (answer.status === 401) throw { login: true, text: t("login") };
  if (answer.status === 403) throw { text: t("forbidden") };
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw { text: body.detail ?? `HTTP ${answer.status}` };
  return body;
}

function query(by) {
  const asked = new URLSearchParams({ from: $("from").value, to: $("to").value });
  if (by) asked.set("by", by);
  if ($("merchant").value) asked.set("merchantId", $("merchant").value);
  return asked;
}

const flowMap = new FlowMap({ make, t, ask, number, duration, merchant: () => $("merchant").value });

async function load() {
  const mine = ++state.asked;
  state.answer = state.problem = null;
  $("download").href = `/api/statistics.csv?${query("kind,day")}`;
  draw();
  try {
    const risks = new URLSearchParams($("merchant").value ? { merchantId: $("merchant").value } : {});
    const [kindDay, kindReason, kind, day, risk] = await Promise.all([
      ...["kind,day", "kind,reason", "kind", "day"].map((by) => ask(`/api/statistics?${query(by)}`)), ask(`/api/statistics/deadlines?${risks}`)]);
    if (mine !== state.asked) return;
    state.answer = { kindDay, kindReason, kind, day, risk };
    if (!$("to").value) {
      state.today = $("to").value = kind.to;
      $("from").value = kind.from;
    }
    if (!$("merchant").value) state.merchants = kind.merchants;
    flowMap.flows ? flowMap.load() : flowMap.begin();
  } catch (problem) {
    if (mine !== state.asked) return;
    state.problem = problem.text ? problem : { text: String(problem) };
  }
  draw();
}

/** Fills a choice anew and keeps what was chosen. */
function choices(select, options) {
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

function draw() {
  state.charts.forEach((chart) => chart.destroy());
  state.charts = [];
  const place = $("figures");
  place.setAttribute("aria-busy", String(!state.answer && !state.problem));
  choices($("merchant"), [["", t("all")], ...state.merchants.map((it) => [it, it])]);
  if (state.problem) {
    const again = make("button", { type: "button", class: "quiet" }, t("retry"));
    again.addEventListener("click", load);
    place.replaceChildren(make("div", { class: "state bad", role: "alert" }, make("p", {}, state.problem.text),
      state.problem.login ? make("a", { href: "/camunda/app/tasklist/default/" }, t("loginLink")) : again));
    return;
  }
  if (!state.answer) {
    $("spoken").textContent = t("loading");
    place.replaceChildren(make("div", { class: "state waiting" }, make("span", { class: "spin" }), t("loading")));
    return;
  }
  const total = state.answer.kind.total;
  const currencies = total.amounts.map((it) => it.currency);
  choices($("currency"), currencies.map((it) => [it, it]));
  $("currency-field").hidden = currencies.length < 2;
  const isEmpty = total.applied === 0 && !total.feedback && !(total.rating?.count > 0);
  const cards = isEmpty ? [] : [byDay(), amounts(), amountsByKind(), reasons(), stars(), trend(), times(), rules()];
  $("spoken").textContent = isEmpty ? t("empty") : t("spoken", { n: number(total.applied), from: shortDay(state.answer.kind.from), to: shortDay(state.answer.kind.to) });
  place.replaceChildren(...(isEmpty ? [make("div", { class: "state" }, t("empty"))] : [tiles(total)]),
    make("div", { class: "cards" }, risk(), ...cards, flowMap.section()));
  state.pending.splice(0).forEach((start) => start());
}
state.pending = [];

function tiles(total) {
  const tile = (label, figure, small) => make("div", { class: "tile" }, make("dt", {}, label), make("dd", { class: "figure" }, figure), make("dd", { class: "small" }, small ?? ""));
  const decided = total.approved + total.rejected;
  const waits = total.deadlines.kept + total.deadlines.missed;
  const paid = total.amounts.filter((it) => it.paid);
  return make("dl", { class: "tiles" },
    tile(t("applied"), number(total.applied), t("openNow", { n: number(total.open) })),
    ...(paid.length ? paid : [{ currency: currency(), paid: null }]).map((it) => tile(t("paid"), it.paid ? money(it.currency, it.paid.sum) : "–",
      it.paid ? t("paidNote", { n: number(it.paid.count), mean: money(it.currency, it.paid.mean) }) : "")),
    tile(t("approval"), percent(total.approvalShare), t("approvalNote", { a: number(total.approved), n: number(decided) })),
    tile(t("kept"), percent(total.deadlines.keptShare), t("keptNote", { missed: number(total.deadlines.missed), n: number(waits) })),
    tile(t("money"), duration(total.times.money?.medianSeconds), total.times.money ? t("moneyNote", { p90: duration(total.times.money.p90Seconds) }) : ""),
    total.rating?.count ? tile(t("rating"), `${number(total.rating.mean, 2)} ★`, t("ratingNote", { n: number(total.rating.count), variance: number(total.rating.variance, 2) })) : null,
    total.satisfaction ? tile(t("satisfied"), number(total.satisfaction.mean, 2), t("satisfiedNote", { n: number(total.satisfaction.count) })) : null);
}

const currency = () => $("currency").value || state.answer.kind.total.amounts[0]?.currency || "CNY";

/** All days of the period, those without a case too. */
function days() {
  const { from, to } = state.answer.kindDay;
  const all = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY) all.push(new Date(at).toISOString().slice(0, 10));
  return all;
}

/** A card with a drawing, or a word where there is nothing to draw, and a table of the same. */
function card({ title, note, type, labels, series, head, rows, wide, horizontal, stacked, unit, none, legend = true }) {
  const heading = `card-${state.pending.length}-${Math.random().toString(36).slice(2, 7)}`;
  const body = [make("h2", { id: heading }, title), make("p", { class: "note" }, note)];
  if (none) return make("section", { class: "card", "aria-labelledby": heading }, ...body, make("p", { class: "none" }, none));
  const canvas = make("canvas", { role: "img", "aria-label": `${title}. ${note}. ${rows.slice(0, 12).map((row) => row.join(" ")).join("; ")}` });
  state.pending.push(() => state.charts.push(new Chart(canvas, {
    type,
    data: { labels, datasets: series },
    options: {
      responsive: true, maintainAspectRatio: false, animation: false, indexAxis: horizontal ? "y" : "x",
      interaction: { mode: "index", intersect: false, axis: horizontal ? "y" : "x" },
      plugins: {
        legend: { display: legend, position: "bottom", labels: { color: colour("--ink"), boxWidth: 12, boxHeight: 12 } },
        tooltip: { callbacks: unit ? { label: (it) => `${it.dataset.label}: ${unit(it.parsed[horizontal ? "x" : "y"])}` } : {} },
      },
      scales: Object.fromEntries(["x", "y"].map((axis) => {
        const counts = (axis === "y") !== Boolean(horizontal);
        return [axis, {
          stacked, beginAtZero: true, border: { display: false }, max: type === "line" && counts ? 5 : undefined,
          grid: { color: colour("--line"), display: counts },
          ticks: { color: colour("--soft"), maxRotation: 0, autoSkip: !horizontal || counts, precision: unit ? undefined : 0, ...(counts && unit ? { callback: (it) => unit(it) } : {}) },
        }];
      })),
    },
  })));
  return make("section", { class: wide ? "card wide" : "card", "aria-labelledby": heading }, ...body, make("div", { class: "plot" }, canvas),
    make("details", {}, make("summary", {}, t("asTable")), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": heading }, table(head, rows))));
}

/** Numbers stand to the right. */
function table(head, rows) {
  const isNumber = head.map((_, at) => at > 0 && rows.every((row) => /^[A-Z]{0,3}[\s\d.,–%-]*$/.test(String(row[at]))));
  return make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((it, at) => make("th", { scope: "col", class: isNumber[at] ? "n" : null }, it)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((it, at) =>
      make(at === 0 ? "th" : "td", { scope: at === 0 ? "row" : null, class: isNumber[at] ? "n" : null }, it instanceof Node ? it : String(it)))))));
}

function dataset(label, data, at, more = {}) {
  const paint = colour(`--c${at + 1}`);
  return { label, data, backgroundColor: paint, borderColor: paint, borderWidth: 0, maxBarThickness: 42, ...more };
}

function cellOf(items, kind, day) {
  return items.find((it) => it.kind === kind && it.day === day)?.figures;
}

function byDay() {
  const all = days();
  const items = state.answer.kindDay.items;
  const of = (kind) => all.map((day) => cellOf(items, kind, day)?.applied ?? 0);
  const kinds = KINDS.filter((kind) => of(kind).some((n) => n > 0));
  return card({ title: t("byDay"), note: t("byDayNote"), type: "bar", stacked: true, wide: true, labels: all.map(shortDay),
    series: kinds.map((kind) => dataset(t(kind), of(kind), KINDS.indexOf(kind))),
    head: [t("day"), ...kinds.map((it) => t(it)), t("total")],
    rows: all.map((day) => [day, ...kinds.map((kind) => cellOf(items, kind, day)?.applied ?? 0)]).map((row) => [...row, row.slice(1).reduce((a, b) => a + b, 0)])
      .filter((row) => row.at(-1) > 0).map((row) => [row[0], ...row.slice(1).map((n) => number(n))]) });
}

function amounts() {
  const all = days();
  const items = state.answer.kindDay.items;
  const in_ = currency();
  const paid = (kind, day) => cellOf(items, kind, day)?.amounts.find((it) => it.currency === in_)?.paid?.sum ?? 0;
  const kinds = KINDS.filter((kind) => all.some((day) => paid(kind, day) > 0));
  const scale = 10 ** (DIGITS[in_] ?? 2);
  return card({ title: t("amounts"), note: t("amountsNote", { currency: in_ }), type: "bar", stacked: true, wide: true, labels: all.map(shortDay),
    none: kinds.length ? null : t("noAmount"), unit: (n) => number(n, 2),
    series: kinds.map((kind) => dataset(t(kind), all.map((day) => paid(kind, day) / scale), KINDS.indexOf(kind))),
    head: [t("day"), ...kinds.map((it) => t(it))],
    rows: all.filter((day) => kinds.some((kind) => paid(kind, day) > 0)).map((day) => [day, ...kinds.map((kind) => money(in_, paid(kind, day)))]) });
}

/** What was asked for, paid back and charged, by kind, with mean and spread; each currency in rows of its own. */
function amountsByKind() {
  const rows = KINDS.flatMap((kind) => (state.answer.kind.items.find((it) => it.kind === kind)?.figures.amounts ?? []).map((it) => [
    t(kind), ...[it.requested?.count, it.paid?.count].map((n) => number(n ?? 0)), ...[it.requested?.sum, it.paid?.sum, it.paid?.mean, it.paid && Math.sqrt(it.paid.variance), it.charged?.sum]
      .map((minor) => (minor === null || minor === undefined ? "–" : money(it.currency, minor)))]));
  const it = plain("amountsByKind", t("amountsByKindNote"), rows.length ? table([t("kind"), t("asked"), t("paidCases"), t("askedSum"), t("paid"), t("mean"), t("deviation"), t("charged")], rows) : null, t("noAmount"));
  it.classList.add("wide");
  return it;
}

function reasons() {
  const items = state.answer.kindReason.items.filter((it) => KINDS.includes(it.kind));
  const sums = new Map();
  items.forEach((it) => sums.set(it.reason, (sums.get(it.reason) ?? 0) + it.figures.applied));
  const order = [...sums.keys()].sort((a, b) => sums.get(b) - sums.get(a));
  const kinds = KINDS.filter((kind) => items.some((it) => it.kind === kind && it.figures.applied > 0));
  const of = (kind, reason) => items.find((it) => it.kind === kind && it.reason === reason)?.figures.applied ?? 0;
  return card({ title: t("reasons"), note: t("reasonsNote"), type: "bar", stacked: true, horizontal: true, labels: order.map((it) => t(it)),
    series: kinds.map((kind) => dataset(t(kind), order.map((reason) => of(kind, reason)), KINDS.indexOf(kind))),
    head: [t("reason"), ...kinds.map((it) => t(it)), t("total")],
    rows: order.map((reason) => [t(reason), ...kinds.map((kind) => number(of(kind, reason))), number(sums.get(reason))]) });
}

function stars() {
  const it = state.answer.day.total.rating;
  const note = it?.count ? t("starsNote", { mean: number(it.mean, 2), variance: number(it.variance, 2), n: number(it.count) }) : "";
  const levels = ["1", "2", "3", "4", "5"];
  return card({ title: t("stars"), note, type: "bar", legend: false, none: it?.count ? null : t("noStars"), labels: levels.map((n) => t("starsN", { n })),
    series: [dataset(t("count"), levels.map((n) => it?.histogram[n] ?? 0), 0)], head: [t("stars"), t("count")],
    rows: levels.map((n) => [t("starsN", { n }), number(it?.histogram[n] ?? 0)]) });
}

function trend() {
  const answered = state.answer.day.items.filter((it) => it.figures.satisfaction);
  return card({ title: t("trend"), note: t("trendNote"), type: "line", legend: false, none: answered.length ? null : t("noTrend"), labels: answered.map((it) => shortDay(it.day)),
    series: [dataset(t("mean"), answered.map((it) => it.figures.satisfaction.mean), 2, { borderWidth: 2, pointRadius: 4, tension: 0.2 })],
    head: [t("day"), t("mean"), t("count")], rows: answered.map((it) => [it.day, number(it.figures.satisfaction.mean, 2), number(it.figures.satisfaction.count)]) });
}

function times() {
  const rows = state.answer.kind.items.flatMap((it) => [["audit", it.figures.times.audit], ["goods", it.figures.times.goods], ["moneyTime", it.figures.times.money]]
    .filter(([, taken]) => taken).map(([step, taken]) => [`${t(it.kind)} · ${t(step)}`, duration(taken.medianSeconds), duration(taken.p90Seconds), duration(taken.p99Seconds), number(taken.count)]));
  return plain("times", t("timesNote"), rows.length ? table([t("step"), t("median"), t("p90"), t("p99"), t("count")], rows) : null, "–");
}

function rules() {
  const rows = state.answer.kind.total.rules.slice(0, 12).map((it) => [it.table, it.rule ?? "–", t("version", { n: it.version }), number(it.hits)]);
  const it = plain("rules", t("rulesNote"), rows.length ? table([t("table"), t("rule"), "", t("hits")], rows) : null, "–");
  it.classList.add("wide");
  return it;
}

/** A task has a word of its own; whatever an owner adds reads like one. */
function step(action) {
  return TEXTS[state.language][action] ?? action.replace(/^(Task|Gateway|Event)_/, "").replace(/(?!^)([A-Z])/g, (_, letter) => ` ${letter.toLowerCase()}`);
}

function risk() {
  const { items, overdue, dueWithinADay } = state.answer.risk;
  const rows = items.map((it) => [it.number, step(it.action), t(it.owner),
    make("span", { class: it.overdue ? "late" : null }, it.overdue ? `${moment(it.dueAt)} · ${t("late")}` : moment(it.dueAt)),
    it.link ? make("a", { href: it.link, "aria-label": `${t("openTask")} ${it.number}` }, t("openTask")) : ""]);
  const it = plain("risk", t("riskNote", { overdue: number(overdue), soon: number(dueWithinADay) }),
    rows.length ? table([t("number"), t("step"), t("desk"), t("due"), ""], rows) : null, t("noRisk"));
  it.classList.add("wide");
  return it;
}

function plain(key, note, content, none) {
  return make("section", { class: "card", "aria-labelledby": `h-${key}` }, make("h2", { id: `h-${key}` }, t(key)), make("p", { class: "note" }, note),
    content ? make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": `h-${key}` }, content) : make("p", { class: "none" }, none));
}

function speak(language) {
  state.language = language;
  localStorage.setItem("language", language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = t(element.dataset.t); });
  document.querySelectorAll("[data-t-label]").forEach((element) => element.setAttribute("aria-label", t(element.dataset.tLabel)));
  $("language").textContent = language === "zh" ? "English" : "中文";
  document.title = `${t("title")} · Aftersale`;
  draw();
}

/** The last days up to today, as the market's calendar has it: until the server has said it, it chooses them itself. */
function last(count) {
  $("to").value = state.today ?? "";
  $("from").value = state.today ? new Date(Date.parse(state.today) - (count - 1) * DAY).toISOString().slice(0, 10) : "";
  pressed(count);
}

function pressed(count) {
  document.querySelectorAll("[data-days]").forEach((button) => button.setAttribute("aria-pressed", String(Number(button.dataset.days) === count)));
}

function begin() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  $("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  $("language").addEventListener("click", () => speak(state.language === "zh" ? "en" : "zh"));
  document.querySelectorAll("[data-days]").forEach((button) => button.addEventListener("click", () => { last(Number(button.dataset.days)); load(); }));
  $("question").addEventListener("submit", (event) => { event.preventDefault(); pressed(0); load(); });
  $("merchant").addEventListener("change", load);
  $("currency").addEventListener("change", draw);
  last(30);
  speak(localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  load();
}

begin();
