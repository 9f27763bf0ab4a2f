import { h, icon } from "../dom";
import { all, type Variable } from "../types";
import { popover } from "../ui";

/** The choices above a dashboard. */
export function variableBar(variables: Variable[], choose: (name: string, values: string[]) => void): HTMLElement {
  return h("div", { class: "variables", role: "group", "aria-label": "Filters" },
    ...variables.filter((variable) => !variable.isHidden).map((variable) => {
      const id = `variable-${variable.name}`;
      const control = variable.isText ? textOf(variable, id, choose)
        : variable.isMulti ? severalOf(variable, id, choose)
          : oneOf(variable, id, choose);
      return h("div", { class: "variable" }, h("label", { for: id }, variable.label), control);
    }));
}

function oneOf(variable: Variable, id: string, choose: (name: string, values: string[]) => void): HTMLElement {
  const options = [...(variable.includesAll ? [{ text: "All", value: all }] : []), ...variable.options];
  const select = h("select", { id, disabled: options.length < 2, on: { change: () => choose(variable.name, [select.value]) } },
    ...options.map((option) => h("option", { value: option.value, selected: variable.selected.includes(option.value) }, option.text)));
  return h("span", { class: "select" }, select, icon("down"));
}

function severalOf(variable: Variable, id: string, choose: (name: string, values: string[]) => void): HTMLElement {
  const isAll = variable.selected[0] === all;
  const text = isAll ? "All" : variable.options.filter((option) => variable.selected.includes(option.value)).map((option) => option.text).join(" + ");
  const button = h("button", { type: "button", id, class: "control" }, h("span", { class: "clip" }, text || "None"), icon("down"));
  return popover(button, (close) => {
    const boxes = variable.options.map((option) =>
      h("input", { type: "checkbox", value: option.value, checked: isAll || variable.selected.includes(option.value) }));
    const apply = () => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      close();
      choose(variable.name, (chosen.length === 0 || chosen.length === boxes.length) && variable.includesAll ? [all] : chosen);
    };
    return h("div", { class: "several" },
      ...boxes.map((box, i) => h("label", {}, box, variable.options[i]!.text)),
      h("button", { type: "button", class: "primary", on: { click: apply } }, "Apply"));
  });
}

function textOf(variable: Variable, id: string, choose: (name: string, values: string[]) => void): HTMLElement {
  const input = h("input", { id, type: "text", value: variable.selected[0] ?? "", on: { change: () => choose(variable.name, [input.value]) } });
  return input;
}
