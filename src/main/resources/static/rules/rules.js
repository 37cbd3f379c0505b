/**
 * The page on which owners try a changed decision table. It reads the tables, sends one file with a question, and shows
 * the answer. It changes nothing on the server, and every text from there is put in as text.
 */
import { TEXTS } from "/rules/texts.js";

const PAGE = 50;
const DIGITS = { JPY: 0, KRW: 0, VND: 0 };
const $ = (id) => document.getElementById(id);
const state = { language: "en", tables: null, table: null, file: null, answer: null, problem: null, busy: false };

/** A text by its key; where it counts one of something, its form for one. */
function t(key, values = {}) {
  const texts = TEXTS[state.language];
  const text = (values.n === "1" && texts[`${key}One`]) || texts[key];
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
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
const number = (n) => new Intl.NumberFormat(locale()).format(n);

/** Minor units as people write them; exact, since the digits are moved and never divided. */
function money(currency, minor) {
  const digits = DIGITS[currency] ?? 2;
  const text = String(minor).padStart(digits + 1, "0");
  const whole = number(BigInt(text.slice(0, text.length - digits) || "0"));
  return `${currency} ${whole}${digits ? "." + text.slice(-digits) : ""}`;
}

const time = (iso) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options, headers: { "X-Requested-With": "rules", Accept: "application/json, application/problem+json", ...options.headers } });
  } catch {
    throw { detail: t("offline") };
  }
  if (answer.status === 401) throw { login: true, detail: t("login") };
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw { detail: body.detail ?? `HTTP ${answer.status}`, code: body.code };
  return body;
}

function showTables() {
  if (state.tables === null) {
    $("tables").replaceChildren(make("div", { class: "empty waiting" }, make("span", { class: "spin" }), t("loading")));
    return;
  }
  if (state.tables.length === 0) {
    $("tables").replaceChildren(make("div", { class: "empty" }, t("noTables")));
    return;
  }
  $("tables").replaceChildren(...state.tables.map((table) => {
    const choice = make("input", { type: "radio", name: "table", value: table.key, checked: table.key === state.table });
    choice.addEventListener("change", () => choose(table.key));
    return make("label", { class: "table-card" }, choice,
      make("span", { class: "name" }, table.name ?? table.key),
      make("span", { class: "key" }, `${table.key}.dmn`),
      make("span", { class: "facts" },
        make("span", {}, `${t("version")} `, make("b", {}, String(table.version)), table.versionTag ? ` (${table.versionTag})` : ""),
        make("span", {}, t(table.packaged ? "packaged" : "owned")),
        make("span", {}, make("b", {}, number(table.decisions)), ` ${t("decisions")}`),
        make("a", { href: `/api/rules/${encodeURIComponent(table.key)}/file`, download: `${table.key}.dmn` }, t("download"))));
  }));
}

function choose(key) {
  state.table = key;
  state.answer = null;
  state.problem = null;
  ready();
  showAnswer();
}

function take(file) {
  if (!file) return;
  state.file = file;
  state.answer = null;
  state.problem = null;
  $("file-name").textContent = file.name;
  $("file-name").hidden = false;
  document.querySelector(".drop-text").hidden = true;
  const named = state.tables?.find((table) => file.name.startsWith(table.key));
  if (named && !state.table) {
    state.table = named.key;
    showTables();
  }
  ready();
  showAnswer();
}

function ready() {
  $("try").disabled = state.busy || !state.table || !state.file;
}

async function tryOut() {
  state.busy = true;
  state.answer = null;
  state.problem = null;
  ready();
  showAnswer();
  try {
    state.answer = await ask(`/api/rules/${encodeURIComponent(state.table)}/what-if?last=${$("last").value}`, {
      method: "POST", headers: { "Content-Type": "application/xml" }, body: await state.file.arrayBuffer(),
    });
  } catch (problem) {
    state.problem = problem.detail ? problem : { detail: String(problem) };
  }
  state.busy = false;
  ready();
  showAnswer();
  $("result").focus({ preventScroll: true });
  $("result").scrollIntoView({ block: "start", behavior: "auto" });
}

function showAnswer() {
  $("result").setAttribute("aria-busy", String(state.busy));
  $("answer").replaceChildren(...answerParts());
}

function answerParts() {
  if (state.busy) {
    return [make("div", { class: "empty waiting", role: "status" }, make("span", { class: "spin" }), t("waiting", { n: number($("last").value) }))];
  }
  if (state.problem) {
    return [make("div", { class: "notice bad", role: "alert" },
      make("p", {}, make("strong", {}, t("failed"))),
      TEXTS[state.language].codes[state.problem.code] ? make("p", {}, TEXTS[state.language].codes[state.problem.code]) : null,
      make("p", {}, state.problem.detail),
      state.problem.login ? make("p", {}, make("a", { href: "/camunda/app/cockpit/default/" }, t("loginLink"))) : null,
      state.problem.code ? make("p", {}, make("code", {}, state.problem.code)) : null)];
  }
  if (!state.answer) return [make("div", { class: "empty" }, t("empty"))];
  const it = state.answer;
  if (it.replayed.decisions + it.notReplayed.decisions === 0) return [make("div", { class: "empty" }, t("nothingAsked"))];
  return [sums(it), ...notices(it), ...it.groups.map(group), it.refusal ? null : nextStep(it),
    make("p", { class: "foot" }, t("took", { n: number(it.tookMillis), version: it.deployedVersion }))].filter((part) => part !== null);
}

/** How the file that was tried goes live: by the button in Modeler, or by one line; and how to come back from it. */
function nextStep(it) {
  const name = `${it.table}.dmn`;
  const line = `curl -u ${t("you")} -F deployment-name=${it.table} -F ${name}=@${name} ${location.origin}/engine-rest/deployment/create`;
  const copy = make("button", { type: "button", class: "quiet" }, t("copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(line).catch(() => {});
    copy.textContent = t("copied");
  });
  return make("section", { class: "live", "aria-labelledby": "step-4" },
    make("h2", { id: "step-4" }, make("span", { class: "no", "aria-hidden": "true" }, "4"), make("span", {}, t("live"))),
    make("p", {}, t("byModeler")),
    make("div", { class: "line" }, make("code", {}, line), copy),
    make("p", { class: "note" }, t("back", { version: it.deployedVersion }), " ",
      make("a", { href: `/api/rules/${encodeURIComponent(it.table)}/file`, download: name }, t("download"))));
}

function sums(it) {
  const share = it.replayed.decisions ? (100 * it.changed.decisions) / it.replayed.decisions : 0;
  const meter = make("div", { class: "meter", "aria-hidden": "true" }, make("i", {}));
  meter.firstChild.style.width = `${share}%`;
  return make("div", { class: "sums" },
    make("div", { class: `sum${it.changed.decisions ? " hot" : ""}` },
      make("div", { class: "label" }, t("changed")),
      make("div", { class: "figure" }, number(it.changed.decisions)),
      make("div", { class: "small" }, t("ofDecisions", { n: number(it.replayed.decisions), cases: number(it.replayed.cases) })), meter),
    make("div", { class: "sum" },
      make("div", { class: "label" }, t("stake")),
      ...(it.changed.money.length ? it.changed.money : [{ currency: "", amountMinor: 0, cases: it.changed.cases }]).map((sum) =>
        make("div", {}, make("div", { class: "figure" }, sum.currency ? money(sum.currency, sum.amountMinor) : "–"),
          make("div", { class: "small" }, t("inCases", { n: number(sum.cases) }))))),
    make("div", { class: "sum" },
      make("div", { class: "label" }, t("same")),
      make("div", { class: "figure" }, number(it.same.decisions)),
      make("div", { class: "small" }, t("otherRule", { n: number(it.same.otherRule) }))),
    it.notReplayed.decisions === 0 ? null : make("div", { class: "sum" },
      make("div", { class: "label" }, t("notReplayed")),
      make("div", { class: "figure" }, number(it.notReplayed.decisions))));
}

function notices(it) {
  const notice = (text, kind = "") => make("div", { class: `notice ${kind}` }, make("p", {}, text));
  return [
    ...(it.refusal ? [notice(t("refusal", { why: it.refusal }), "bad")] : []),
    ...(it.outputsRemoved.length ? [notice(t("removed", { names: it.outputsRemoved.join(", ") }), "bad")] : []),
    ...(it.outputsAdded.length ? [notice(t("added", { names: it.outputsAdded.join(", ") }))] : []),
    ...it.notReplayed.reasons.map((why) => notice(t("reason", { n: number(why.decisions), reason: why.reason, cases: why.cases.slice(0, 3).join(", ") }))),
    ...(it.groups.length === 0 && it.same.decisions ? [notice(t("nothing", { n: number(it.same.decisions) }), "good")] : []),
  ];
}

function row(side, it) {
  const label = it.rule === null ? t("noRow") : it.number === null ? t("unknownRow") : t("row", { n: it.number });
  return make("div", { class: side },
    make("span", { class: "row-no" }, label), it.rule === null ? null : make("span", { class: "rule" }, it.rule),
    it.note ? make("p", { class: "note" }, it.note) : null);
}

function value(it) {
  return it === null || it === undefined ? t("nullValue") : String(it);
}

/** Short words first: they say what happens, the long ones why. */
function lengthOf(it) {
  return value(it.from).length + value(it.to).length;
}

function chip(it) {
  return make("span", { class: "chip" }, make("span", { class: "out" }, `${it.output} `), make("del", {}, value(it.from)), " → ", make("ins", {}, value(it.to)),
    make("span", { class: "out" }, ` ×${number(it.decisions)}`));
}

function group(it, index) {
  const cases = make("div", { class: "cases" });
  const details = make("details", { class: "group", open: index === 0 && it.items.length <= 10 },
    make("summary", {},
      row("from", it.from), make("span", { class: "arrow", "aria-hidden": "true" }, "→"), row("to", it.to),
      make("div", { class: "stake" }, ...it.sum.money.map((sum) => make("b", {}, money(sum.currency, sum.amountMinor))),
        make("span", {}, `${t("cases", { n: number(it.sum.cases) })} · ${t("decisionsN", { n: number(it.sum.decisions) })}`)),
      make("span", { class: "chevron", "aria-hidden": "true" }, "▸"),
      make("div", { class: "changes" }, ...[...it.differences].sort((one, other) => lengthOf(one) - lengthOf(other)).slice(0, 8).map(chip))),
    cases);
  const fill = () => { if (!cases.firstChild) showCases(cases, it.items); };
  if (details.open) fill();
  details.addEventListener("toggle", fill);
  return details;
}

function showCases(place, items) {
  const body = make("tbody");
  const more = make("button", { type: "button", class: "quiet more" });
  let shown = 0;
  const next = () => {
    items.slice(shown, shown + PAGE).forEach((item) => body.append(caseRow(item)));
    shown = Math.min(items.length, shown + PAGE);
    more.hidden = shown >= items.length;
    more.textContent = t("more", { n: number(Math.min(PAGE, items.length - shown)) });
  };
  more.addEventListener("click", next);
  place.append(make("table", {},
    make("thead", {}, make("tr", {}, ...["case", "line", "status", "decided", "requested", "was", "would"].map((key) =>
      make("th", { scope: "col", class: key === "requested" ? "amount" : null }, t(key))))), body), more);
  next();
}

function caseRow(item) {
  const length = (name) => value(item.old.outputs[name]).length + value(item.candidate.outputs[name]).length;
  const differing = Object.keys({ ...item.old.outputs, ...item.candidate.outputs }).filter((name) => item.old.outputs[name] !== item.candidate.outputs[name]);
  const first = differing.sort((one, other) => length(one) - length(other))[0];
  return make("tr", {},
    make("td", {}, caseLink(item.caseNumber)),
    make("td", {}, item.lineId ?? t("whole")),
    make("td", {}, make("span", { class: "status" }, item.status)),
    make("td", {}, `${time(item.decidedAt)} · v${item.old.version}`),
    make("td", { class: "amount" }, item.currency ? money(item.currency, item.requestedMinor) : "–"),
    make("td", { class: "outcome" }, make("del", {}, value(item.old.outputs[first]))),
    make("td", { class: "outcome" }, make("ins", {}, value(item.candidate.outputs[first]))));
}

/** A case that still runs opens at its place in the diagram; one that has ended says so, since Cockpit shows it no more. */
function caseLink(caseNumber) {
  const link = make("a", { href: "/camunda/app/cockpit/default/", title: t("open"), target: "_blank" }, caseNumber);
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const tab = window.open("about:blank");
    const query = new URLSearchParams({ processInstanceBusinessKey: caseNumber, rootProcessInstances: "true", maxResults: "1" });
    const found = await fetch(`/camunda/api/engine/engine/default/history/process-instance?${query}`, { headers: { "X-Requested-With": "rules" } })
      .then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
    if (found && (found.length === 0 || found[0].endTime)) {
      tab?.close();
      link.after(make("span", { class: "ended", role: "status" }, ` ${t("ended")}`));
    } else if (tab) {
      tab.location = found ? `/camunda/app/cockpit/default/#/process-instance/${found[0].id}/runtime` : link.href;
    }
  });
  return link;
}

function speak(language) {
  state.language = language;
  localStorage.setItem("language", language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = t(element.dataset.t); });
  document.querySelectorAll("[data-t-label]").forEach((element) => element.setAttribute("aria-label", t(element.dataset.tLabel)));
  $("language").textContent = language === "zh" ? "English" : "中文";
  document.title = `${t("title")} · Aftersale`;
  showTables();
  showAnswer();
}

function begin() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  $("theme").addEventListener("click", () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  });
  $("language").addEventListener("click", () => speak(state.language === "zh" ? "en" : "zh"));
  $("file").addEventListener("change", () => take($("file").files[0]));
  $("try").addEventListener("click", tryOut);
  const drop = $("drop");
  ["dragenter", "dragover"].forEach((kind) => drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); }));
  ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, () => drop.classList.remove("over")));
  drop.addEventListener("drop", (event) => { event.preventDefault(); take(event.dataTransfer.files[0]); });
  speak(localStorage.getItem("language") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  ask("/api/rules").then((answer) => { state.tables = answer.items; showTables(); })
    .catch((problem) => { state.tables = []; state.problem = problem; showTables(); showAnswer(); });
}

begin();
