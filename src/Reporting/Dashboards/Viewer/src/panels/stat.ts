import { changeOverRange } from "../data/reduce";
import { fieldColor, formatValue } from "../data/field";
import { singleValues, type SingleValue } from "../data/values";
import { h, svg } from "../dom";
import { formatNumber } from "../format/value";
import { mix, textOn, type Theme } from "../theme";
import type { Drawing, PanelContext } from "./panel";

/** One big number per value, with its course below and its change over the range beside it. */
export function drawStat({ panel, results, theme, body }: PanelContext): Drawing {
  const values = singleValues(panel, results);
  const list = h("div", { class: `stats ${panel.options?.orientation === "horizontal" ? "stats-rows" : ""}` });
  values.forEach((one, index) => list.append(statOf(one, index, values.length, panel.options ?? {}, theme)));
  body.append(list);
  return {};
}

function statOf(one: SingleValue, index: number, count: number, options: Record<string, any>, theme: Theme): HTMLElement {
  const { config, name } = one.field;
  const color = fieldColor(theme, config, index, one.value);
  const mode: string = options.textMode ?? "auto";
  const showName = mode === "name" || mode === "value_and_name" || (mode === "auto" && count > 1);
  const isFilled = (options.colorMode ?? "value").startsWith("background");
  const change = options.showPercentChange ? changeOverRange(one.points.map((point) => point[1])) : null;
  const style: Record<string, string> = isFilled
    ? { background: options.colorMode === "background" ? `linear-gradient(120deg, ${mix(color, "#000000", 0.12)}, ${color})` : color, color: textOn(color) }
    : {};
  return h("div", { class: `stat ${isFilled ? "stat-filled" : ""} ${options.justifyMode === "center" ? "stat-center" : ""}`, style },
    options.graphMode !== "none" && one.points.length > 1 ? sparkline(one.points, isFilled ? "#ffffff" : color) : null,
    showName ? h("div", { class: "stat-name" }, name) : null,
    mode === "name" ? null : h("div", { class: "stat-line" },
      h("span", {
        class: "stat-value",
        style: options.colorMode === "value" || options.colorMode === undefined ? { color: config.color?.mode === "thresholds" || config.color?.mode === "fixed" ? color : theme.text } : {},
      }, formatValue(one.value, one.field)),
      change === null ? null : changeChip(change, options.percentChangeColorMode)));
}

function changeChip(change: number, mode: string | undefined): HTMLElement {
  const tone = Math.abs(change) < 0.0005 || mode === "same_as_value" ? "flat" : change > 0 === (mode !== "inverted") ? "good" : "bad";
  const arrow = Math.abs(change) < 0.0005 ? "" : change > 0 ? "▲ " : "▼ ";
  return h("span", { class: `change change-${tone}`, title: "Last against first period shown" },
    arrow + formatNumber(Math.abs(change), "percentunit", Math.abs(change) < 0.1 ? 1 : 0),
    h("span", { class: "sr-only" }, change > 0 ? " up over the range" : change < 0 ? " down over the range" : ""));
}

function sparkline(points: [number, number | null][], color: string): SVGElement {
  const known = points.filter((point): point is [number, number] => point[1] !== null);
  const [from, to] = [known[0]?.[0] ?? 0, known.at(-1)?.[0] ?? 1];
  const numbers = known.map((point) => point[1]);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const x = (at: number) => ((at - from) / (to - from || 1)) * 100;
  const y = (value: number) => 36 - ((value - low) / (high - low || 1)) * 30;
  const line = known.map(([at, value], i) => `${i === 0 ? "M" : "L"}${x(at).toFixed(2)} ${y(value).toFixed(2)}`).join("");
  const id = `spark-${Math.random().toString(36).slice(2)}`;
  return svg("svg", { class: "spark", viewBox: "0 0 100 40", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("defs", {}, svg("linearGradient", { id, x1: 0, y1: 0, x2: 0, y2: 1 },
      svg("stop", { offset: "0", "stop-color": color, "stop-opacity": 0.28 }),
      svg("stop", { offset: "1", "stop-color": color, "stop-opacity": 0.02 }))),
    svg("path", { d: `${line}L100 40L0 40Z`, fill: `url(#${id})` }),
    svg("path", { d: line, fill: "none", stroke: color, "stroke-width": 1.75, "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round" }));
}
