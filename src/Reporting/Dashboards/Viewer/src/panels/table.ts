import { formatValue, resolveField, thresholdColor } from "../data/field";
import { h } from "../dom";
import { textOn } from "../theme";
import type { Cell, QueryResult } from "../types";
import { alpha } from "./timeseries";
import type { Drawing, PanelContext } from "./panel";

/** Rows and columns; a click on a heading sorts. */
export function drawTable(context: PanelContext): Drawing {
  const { panel, results, body } = context;
  const sort = panel.options?.sortBy?.[0];
  const names = results[0]!.columns.map((column) => resolveField(panel, column.name).name);
  let state = sort ? { at: names.indexOf(sort.displayName), isDown: sort.desc === true } : { at: -1, isDown: false };
  const wrap = h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": panel.title ?? "Table" });
  const show = () => wrap.replaceChildren(tableOf(context, results[0]!, state, (at) => {
    state = { at, isDown: state.at === at ? !state.isDown : results[0]!.columns[at]!.type === "number" };
    show();
    wrap.querySelectorAll<HTMLElement>("th button")[at]?.focus();
  }));
  show();
  body.append(wrap);
  return {};
}

/** The rows of any panel, as the alternative to its drawing. */
export function plainTable(context: PanelContext, result: QueryResult): HTMLElement {
  return h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": `${context.panel.title ?? "Panel"} as a table` },
    tableOf(context, result, { at: -1, isDown: false }, undefined));
}

function tableOf(
  { panel, theme, zone }: PanelContext,
  result: QueryResult,
  sort: { at: number; isDown: boolean },
  onSort: ((at: number) => void) | undefined,
): HTMLElement {
  const isTable = panel.type === "table";
  const fields = result.columns.map((column) => resolveField(panel, column.name));
  const numeric = result.columns.map((column) => column.type === "number");
  const largest = result.columns.map((_, at) => Math.max(...result.rows.map((row) => (typeof row[at] === "number" ? row[at] : 0))));
  const rows = sort.at < 0 ? result.rows : [...result.rows].sort((a, b) => compare(a[sort.at]!, b[sort.at]!) * (sort.isDown ? -1 : 1));
  const align = (at: number) => {
    const wanted = isTable ? fields[at]!.custom.align : undefined;
    return wanted && wanted !== "auto" ? wanted : numeric[at] ? "right" : "left";
  };

  const cell = (value: Cell, at: number): HTMLElement => {
    const field = fields[at]!;
    const column = result.columns[at]!;
    const text = formatValue(value, field, column.type, zone);
    const type = isTable ? field.custom.cellOptions?.type : undefined;
    const color = typeof value === "number" && type && type !== "auto" ? thresholdColor(theme, field.config, value) : "";
    const element = h("td", { class: `align-${align(at)}` });
    if (type === "gauge" && typeof value === "number") {
      const max = field.config.max ?? largest[at] ?? 1;
      element.append(h("span", { class: "cell-gauge" },
        h("span", { class: "bar-track" }, h("span", { class: "bar-fill", style: { width: `${Math.min(100, (value / (max || 1)) * 100)}%`, background: `linear-gradient(90deg, ${alpha(color, 0.55)}, ${color})` } })),
        h("span", { class: "cell-number" }, text)));
    } else if (type === "color-background" && color) {
      element.append(h("span", { class: "cell-fill", style: { background: color, color: textOn(color) } }, text));
    } else {
      element.append(text);
      if (type === "color-text" && color) element.style.color = color;
    }
    return element;
  };

  return h("table", { class: `size-${panel.options?.cellHeight ?? "sm"}` },
    isTable && panel.options?.showHeader === false ? null : h("thead", {}, h("tr", {}, ...fields.map((field, at) => {
      const width = isTable && field.custom.width ? { width: `${field.custom.width}px` } : undefined;
      const order = sort.at === at ? (sort.isDown ? "descending" : "ascending") : undefined;
      return h("th", { scope: "col", class: `align-${align(at)}`, "aria-sort": order, style: width },
        onSort
          ? h("button", { type: "button", on: { click: () => onSort(at) } }, field.name, order ? (sort.isDown ? " ↓" : " ↑") : "")
          : field.name);
    }))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((value, at) => cell(value, at))))));
}

function compare(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
}
