/*
 * A form with a list (dynamiclist) could never be completed: the form viewer leaves an empty entry in `errors` for each
 * field of a list that was filled in, and Tasklist keeps its button shut while `errors` has any entry. This takes empty
 * entries away before anybody sees them. It changes no answer, and lets nothing pass that the viewer finds wrong.
 *
 * 57661 is the form viewer in the web apps of Camunda 7.24.0, the last of their line.
 */
const isEmpty = (errors) =>
  errors === undefined || errors === null || (typeof errors === "object" && Object.values(errors).every(isEmpty));

const withoutEmpty = (errors) => Object.fromEntries(Object.entries(errors).filter(([, found]) => !isEmpty(found)));

window.webpackChunkcamunda_bpm_webapp.push([
  ["aftersale-lists-in-forms"],
  {},
  (load) => {
    const { Form } = load(57661);
    const setState = Form.prototype._setState;
    Form.prototype._setState = function (state) {
      return setState.call(this, state.errors ? { ...state, errors: withoutEmpty(state.errors) } : state);
    };
  },
]);
