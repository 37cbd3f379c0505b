/* What Tasklist reads before it starts: our name, and the languages that it speaks. Labels are in ../locales. */
const speaksChinese = (navigator.languages?.[0] ?? navigator.language ?? "").toLowerCase().startsWith("zh");

export default {
  // Forms with lists could not be completed without the first; the second is the tab with the whole case.
  customScripts: ["scripts/lists-in-forms", "scripts/case-tab"],

  app: speaksChinese ? { vendor: "售后", name: "任务" } : { vendor: "Aftersale", name: "Tasklist" },
  locales: { availableLocales: ["en", "zh", "de"], fallbackLocale: "en" },
  shortcuts: {
    claimTask: {
      key: "ctrl+alt+c",
      description: speaksChinese ? "认领当前选中的任务" : "claims the selected task",
    },
    focusFilter: {
      key: "ctrl+shift+f",
      description: speaksChinese ? "转到第一个筛选" : "goes to the first filter",
    },
    focusList: {
      key: "ctrl+alt+l",
      description: speaksChinese ? "转到列表中的第一个任务" : "goes to the first task of the list",
    },
    focusForm: {
      key: "ctrl+alt+f",
      description: speaksChinese ? "转到表单的第一个输入框" : "goes to the first field of the form",
    },
  },
};
