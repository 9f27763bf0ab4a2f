import { BarChart, GaugeChart, HeatmapChart, LineChart, PieChart } from "echarts/charts";
import {
  GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent,
} from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { h } from "../dom";
import type { Drawing, PanelContext } from "../panels/panel";

use([
  BarChart, GaugeChart, HeatmapChart, LineChart, PieChart, GridComponent, LegendComponent, MarkLineComponent,
  TooltipComponent, VisualMapComponent, SVGRenderer,
]);

export interface LegendItem {
  name: string;
  color: string;
  values?: string[];
  isDashed?: boolean;
}

/** Draws a chart that fills the panel and follows its size; `summary` is what a screen reader says of it. */
export function drawChart(
  { body, panel, theme }: PanelContext,
  option: Record<string, unknown>,
  summary: string,
  legend: LegendItem[] = [],
): Drawing {
  const legendOptions = panel.options?.legend ?? {};
  const hasLegend = legend.length > 0 && legendOptions.showLegend !== false && legendOptions.displayMode !== "hidden";
  const plot = h("div", { class: "plot", role: "img", "aria-label": summary });
  const frame = h("div", { class: `chart ${legendOptions.placement === "right" ? "legend-right" : ""}` }, plot);
  body.append(frame);

  const chart = init(plot, null, { renderer: "svg" });
  if (hasLegend) frame.append(legendFor(chart, legend, legendOptions.displayMode === "table"));
  chart.setOption({
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 350,
    animationDurationUpdate: 0,
    textStyle: { fontFamily: getComputedStyle(body).fontFamily, color: theme.text },
    legend: { show: false },
    ...option,
  });
  const observer = new ResizeObserver(() => chart.resize());
  observer.observe(plot);
  return {
    dispose: () => {
      observer.disconnect();
      chart.dispose();
    },
    toSvg: () => plot.querySelector("svg"),
  };
}

/** Names that switch their series off and on; reachable by keyboard, which the chart's own legend is not. */
function legendFor(chart: EChartsType, items: LegendItem[], isTable: boolean): HTMLElement {
  return h("ul", { class: `legend ${isTable ? "legend-table" : ""}`, "aria-label": "Legend" }, ...items.map((item) => {
    const button = h("button", {
      type: "button",
      "aria-pressed": "true",
      title: `Show or hide ${item.name}`,
      on: {
        click: () => {
          const isOn = button.getAttribute("aria-pressed") !== "true";
          button.setAttribute("aria-pressed", String(isOn));
          chart.dispatchAction({ type: isOn ? "legendSelect" : "legendUnSelect", name: item.name });
        },
        mouseenter: () => chart.dispatchAction({ type: "highlight", seriesName: item.name }),
        mouseleave: () => chart.dispatchAction({ type: "downplay", seriesName: item.name }),
      },
    },
      h("span", { class: `swatch ${item.isDashed ? "dashed" : ""}`, style: { "--swatch": item.color } }),
      h("span", { class: "legend-name" }, item.name),
      ...(item.values ?? []).map((value) => h("span", { class: "legend-value" }, value)));
    return h("li", {}, button);
  }));
}

/** The box beside the pointer. Made of elements: names come from data and must not be read as HTML. */
export function tooltipBox(title: string, rows: { name: string; value: string; color?: string }[]): HTMLElement {
  return h("div", { class: "tip" },
    title ? h("div", { class: "tip-title" }, title) : null,
    ...rows.map((row) => h("div", { class: "tip-row" },
      h("span", { class: "swatch", style: { "--swatch": row.color ?? "transparent" } }),
      h("span", { class: "tip-name" }, row.name),
      h("span", { class: "tip-value" }, row.value))));
}

export const tooltipStyle = {
  confine: true,
  padding: 0,
  borderWidth: 0,
  backgroundColor: "transparent",
  extraCssText: "box-shadow:none;z-index:20",
  transitionDuration: 0.08,
};
