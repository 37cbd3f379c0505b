/* What Cockpit reads before it starts: our name, and the heat map on the diagrams of process definitions. */
export default {
  app: { vendor: "Aftersale", name: "Cockpit" },
  customScripts: ["scripts/heat-map"],
};
