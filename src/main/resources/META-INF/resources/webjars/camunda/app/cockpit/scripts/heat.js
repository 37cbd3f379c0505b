/**
 * The heat map of a flow on any viewer of bpmn-js: the page at /insight and Cockpit draw the same one. Each step that
 * was passed is coloured by the logarithm of its number, and the number stands beside it.
 */
const LEVELS = 5;

/** What can be shown: how often a step was passed, how long it took, how many cases stand there now. */
export const MEASURES = ["passed", "seconds", "open"];

export const valueOf = (step, measure) => (measure === "seconds" ? step.meanSeconds ?? 0 : step[measure]);

/** The steps that this diagram draws; the process itself is none. */
export function drawn(viewer, steps) {
  const registry = viewer.get("elementRegistry");
  return steps.filter((step) => registry.get(step.element) && registry.get(step.element).type !== "bpmn:Process");
}

/** Takes the colours and the numbers off again. */
export function clear(viewer) {
  const canvas = viewer.get("canvas");
  viewer.get("overlays").remove({ type: "heat" });
  viewer.get("elementRegistry").forEach((element) => {
    for (let level = 1; level <= LEVELS; level++) canvas.removeMarker(element, `heat-${level}`);
  });
}

/**
 * Colours the steps of a diagram.
 *
 * @param word writes the number of a step as people read it
 */
export function paint(viewer, steps, measure, word) {
  clear(viewer);
  const registry = viewer.get("elementRegistry");
  const shown = drawn(viewer, steps).filter((step) => valueOf(step, measure) > 0);
  const most = Math.max(...shown.map((step) => valueOf(step, measure)), 1);
  for (const step of shown) {
    const level = Math.max(1, Math.ceil((Math.log1p(valueOf(step, measure)) / Math.log1p(most)) * LEVELS));
    if (!/SubProcess$/.test(registry.get(step.element).type)) viewer.get("canvas").addMarker(step.element, `heat-${level}`);
    const badge = document.createElement("span");
    badge.className = "heat-badge";
    badge.textContent = word(step);
    viewer.get("overlays").add(step.element, "heat", { position: { top: -11, right: 14 }, html: badge });
  }
}
