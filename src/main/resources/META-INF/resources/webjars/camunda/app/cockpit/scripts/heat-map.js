/**
 * A heat map on the diagram of a process definition: how often and how long each step was taken in this version, and how
 * many cases stand there now. It is off until it is asked for, reads our own REST with the session of Cockpit, and
 * changes nothing. Loaded by ../scripts/config.js.
 */
import { MEASURES, clear, paint, valueOf } from "./heat.js";

const TEXTS = {
  en: {
    title: "Heat map", off: "Off", passed: "How often", seconds: "How long", open: "Waiting now", loading: "Counting …", offline: "The server does not answer.",
    none: "No case of yours has come this way yet.", less: "less", more: "more", s: "{n} s", min: "{n} min", h: "{n} h", d: "{n} d",
  },
  zh: {
    title: "热力图", off: "关闭", passed: "次数", seconds: "平均时长", open: "当前等待", loading: "正在统计……", offline: "服务器没有应答。",
    none: "这个版本还没有您的案件经过。", less: "少", more: "多", s: "{n} 秒", min: "{n} 分钟", h: "{n} 小时", d: "{n} 天",
  },
};
const language = (navigator.languages?.[0] ?? navigator.language ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
const t = (key, n) => TEXTS[language][key].replace("{n}", n);
const number = (n, digits = 0) => new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB", { maximumFractionDigits: digits }).format(n);

function duration(seconds) {
  if (seconds < 90) return t("s", number(seconds));
  if (seconds < 5400) return t("min", number(seconds / 60));
  return seconds < 172_800 ? t("h", number(seconds / 3600, 1)) : t("d", number(seconds / 86_400, 1));
}

async function ask(path) {
  const answer = await fetch(path, { credentials: "same-origin", headers: { Accept: "application/json, application/problem+json", "X-Requested-With": "cockpit" } })
    .catch(() => { throw new Error(t("offline")); });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail ?? `HTTP ${answer.status}`);
  return body;
}

/**
 * The key and the version of a definition are the engine's word; a long key does not stand in its id. The name of the
 * engine is taken from the address: what Cockpit hands to a plugin of a diagram as its engine is the whole address.
 */
async function heatOf(api, definitionId) {
  const engine = location.pathname.split("/cockpit/")[1].split("/")[0];
  const { key, version } = await ask(`${api.baseApi}/engine/${engine}/process-definition/${encodeURIComponent(definitionId)}`);
  return ask(`/api/statistics/flows/${encodeURIComponent(key)}/${version}`);
}

function control(viewer, api, definitionId) {
  const box = document.createElement("div");
  box.className = "heat-control";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", t("title"));
  const title = document.createElement("strong");
  title.textContent = t("title");
  const message = document.createElement("span");
  message.className = "heat-message";
  message.setAttribute("role", "status");
  const scale = document.createElement("span");
  scale.className = "heat-scale";
  scale.hidden = true;
  scale.append(t("less"), ...[1, 2, 3, 4, 5].map((level) => Object.assign(document.createElement("i"), { className: `heat-swatch-${level}` })), t("more"));
  let heat;
  box.setAttribute("aria-busy", "false");
  const choose = async (measure) => {
    box.setAttribute("aria-busy", "true");
    await draw(measure);
    box.setAttribute("aria-busy", "false");
  };
  const draw = async (measure) => {
    buttons.forEach(([key, button]) => button.setAttribute("aria-pressed", String(key === measure)));
    scale.hidden = true;
    message.textContent = "";
    clear(viewer);
    if (measure === "off") return;
    try {
      message.textContent = t("loading");
      heat ??= await heatOf(api, definitionId);
      const { steps } = heat;
      if (buttons.find(([key]) => key === measure)[1].getAttribute("aria-pressed") !== "true") return;
      const isEmpty = steps.every((step) => valueOf(step, measure) <= 0);
      message.textContent = isEmpty ? t("none") : "";
      scale.hidden = isEmpty;
      paint(viewer, steps, measure, (step) => (measure === "seconds" ? duration(step.meanSeconds) : number(valueOf(step, measure))));
    } catch (problem) {
      message.textContent = problem.message;
    }
  };
  const buttons = ["off", ...MEASURES].map((key) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = t(key);
    button.setAttribute("aria-pressed", String(key === "off"));
    button.addEventListener("click", () => choose(key));
    return [key, button];
  });
  box.append(title, ...buttons.map(([, button]) => button), scale, message);
  return box;
}

export default {
  id: "aftersale-heat-map",
  pluginPoint: "cockpit.processDefinition.diagram.plugin",
  priority: 10,
  render: (viewer, { api, processDefinitionId }) => {
    const canvas = viewer.get("canvas").getContainer();
    canvas.parentElement.querySelectorAll(".heat-control").forEach((old) => old.remove());
    canvas.parentElement.append(control(viewer, api, processDefinitionId));
  },
};
