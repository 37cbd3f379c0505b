/**
 * The flows as they are drawn, with a heat map of the way that cases take: how often each step was passed, how long it
 * took, and how many cases stand there now. The viewer's mark stays where it is.
 */
import { MEASURES, drawn, paint, valueOf } from "/camunda/app/cockpit/scripts/heat.js";

/** A section that keeps its diagram while the page around it is drawn anew. */
export class FlowMap {
  constructor({ make, t, ask, number, duration, merchant }) {
    Object.assign(this, { make, t, ask, number, duration, merchant });
    this.measure = "passed";
    this.canvas = make("div", { class: "diagram", role: "img" });
    this.table = make("div", {});
    this.message = make("p", { class: "none", role: "status" });
    this.flow = make("select", { id: "flow" });
    this.version = make("select", { id: "flow-version" });
    this.flow.addEventListener("change", () => { this.showVersions(); this.load(); });
    this.version.addEventListener("change", () => this.load());
  }

  section() {
    const { make, t } = this;
    const choice = (key) => {
      const button = make("button", { type: "button", class: "quiet", "aria-pressed": String(this.measure === key) }, t(`heat_${key}`));
      button.addEventListener("click", () => {
        this.measure = key;
        button.parentNode.querySelectorAll("button").forEach((it) => it.setAttribute("aria-pressed", String(it === button)));
        this.paint();
      });
      return button;
    };
    const it = make("section", { class: "card wide", "aria-labelledby": "h-flows" }, make("h2", { id: "h-flows" }, t("flows")), make("p", { class: "note" }, t("flowsNote")),
      make("div", { class: "question" }, make("label", {}, t("flow"), this.flow), make("label", {}, t("flowVersion"), this.version),
        make("div", { class: "presets", role: "group", "aria-label": t("heat") }, ...MEASURES.map(choice))),
      this.message, this.canvas,
      make("details", {}, make("summary", {}, t("asTable")), make("div", { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "h-flows" }, this.table)));
    this.paint();
    return it;
  }

  async begin() {
    try {
      this.flows = (await this.ask("/api/statistics/flows")).items;
      const keys = [...new Map(this.flows.map((it) => [it.key, it.name ?? it.key]))];
      this.flow.replaceChildren(...keys.map(([key, name]) => this.make("option", { value: key }, name)));
      if (keys.some(([key]) => key === "refund")) this.flow.value = "refund";
      this.showVersions();
      await this.load();
    } catch (problem) {
      this.message.textContent = problem.text ?? String(problem);
    }
  }

  showVersions() {
    this.version.replaceChildren(...this.flows.filter((it) => it.key === this.flow.value)
      .map((it) => this.make("option", { value: it.version }, `${it.version}${it.versionTag ? ` · ${it.versionTag}` : ""}`)));
  }

  async load() {
    if (!this.flow.value) return;
    const merchant = this.merchant() ? `?merchantId=${encodeURIComponent(this.merchant())}` : "";
    this.message.textContent = this.t("loading");
    try {
      this.heat = await this.ask(`/api/statistics/flows/${this.flow.value}/${this.version.value}${merchant}`);
      this.viewer ??= new BpmnJS({ container: this.canvas });
      await this.viewer.importXML(this.heat.xml);
      this.viewer.get("canvas").zoom("fit-viewport", "auto");
      this.message.textContent = "";
    } catch (problem) {
      this.heat = null;
      this.message.textContent = problem.text ?? String(problem);
    }
    this.paint();
  }

  /** Colours the steps by how they stand among the others; the number is written beside each. */
  paint() {
    if (!this.heat || !this.viewer) return;
    const { make, t, number, duration } = this;
    const registry = this.viewer.get("elementRegistry");
    const value = (step) => valueOf(step, this.measure);
    const steps = drawn(this.viewer, this.heat.steps);
    paint(this.viewer, steps, this.measure, (step) => (this.measure === "seconds" ? duration(step.meanSeconds) : number(value(step))));
    const named = (step) => registry.get(step.element).businessObject.name ?? step.element;
    this.canvas.setAttribute("aria-label", `${this.heat.name ?? this.heat.key}. ${t(`heat_${this.measure}`)}`);
    this.table.replaceChildren(make("table", {},
      make("thead", {}, make("tr", {}, ...["step", "heat_passed", "heat_seconds", "heat_open"].map((key, at) => make("th", { scope: "col", class: at ? "n" : null }, t(key))))),
      make("tbody", {}, ...steps.sort((a, b) => value(b) - value(a)).map((step) => make("tr", {}, make("th", { scope: "row" }, named(step)),
        make("td", { class: "n" }, number(step.passed)), make("td", { class: "n" }, duration(step.meanSeconds)), make("td", { class: "n" }, number(step.open)))))));
  }
}
