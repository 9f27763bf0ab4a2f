import { categoryAxis } from "../charts/axes";
import { drawChart, tooltipBox, tooltipStyle } from "../charts/chart";
import { seriesName, toSeries } from "../data/series";
import { formatNumber, formatTime } from "../format/value";
import { resolveField } from "../data/field";
import type { Drawing, PanelContext } from "./panel";

/** Time across, a row per series, color by value: cohorts and hours. */
export function drawHeatmap(context: PanelContext): Drawing {
  const { panel, results, theme, zone } = context;
  const options = panel.options ?? {};
  const all = results.flatMap(toSeries);
  const names = all.map((series) => resolveField(panel, seriesName(series, all), series.labels, series.field).name);
  const instants = [...new Set(all.flatMap((series) => series.points.map((point) => point[0])))].sort((a, b) => a - b);
  const isMonthly = instants.every((at) => new Date(at).getUTCDate() === 1);
  const label = (at: number) => isMonthly
    ? new Intl.DateTimeFormat("en", { month: "short", year: "2-digit", timeZone: "UTC" }).format(at)
    : formatTime(at, zone).replace(/, \d{4}$/, "");
  const cells = all.flatMap((series, row) =>
    series.points.flatMap(([at, value]) => (value === null ? [] : [[instants.indexOf(at), row, value]])));
  const numbers = cells.map((cell) => cell[2]!);
  const text = (value: number) => formatNumber(value, options.cellValues?.unit, options.cellValues?.decimals);
  const unit = options.yAxis?.axisLabel ?? "";
  const [low, high] = options.color?.scheme === "Greens" ? theme.greens : theme.blues;
  const showValue = options.showValue === "always" || (options.showValue !== "never" && cells.length <= 260);
  return drawChart(
    context,
    {
      grid: { left: 4, right: 8, top: unit ? 30 : 8, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: categoryAxis(theme, instants.map(label), { splitArea: { show: false }, axisLine: { show: false } }),
      yAxis: categoryAxis(theme, names, {
        inverse: options.yAxis?.reverse === true,
        axisLine: { show: false },
        name: unit,
        nameLocation: options.yAxis?.reverse === true ? "start" : "end",
        nameTextStyle: { color: theme.muted, fontSize: 11, align: "left" },
      }),
      visualMap: {
        show: false,
        min: options.color?.min ?? Math.min(...numbers),
        max: options.color?.max ?? Math.max(...numbers),
        dimension: 2,
        inRange: { color: [low, high] },
      },
      tooltip: options.tooltip?.mode === "none" ? { show: false } : {
        ...tooltipStyle,
        trigger: "item",
        formatter: ({ value }: { value: [number, number, number] }) =>
          tooltipBox(label(instants[value[0]]!), [{ name: `${unit} ${names[value[1]]}`.trim(), value: text(value[2]) }]),
      },
      series: [{
        type: "heatmap",
        data: cells.map((cell) => ({ value: cell, label: { color: contrast(cell[2]!, numbers, options, theme.name === "dark") } })),
        label: { show: showValue, fontSize: 10.5, formatter: ({ value }: { value: [number, number, number] }) => text(value[2]) },
        itemStyle: { borderColor: theme.surface, borderWidth: options.cellGap ?? 2, borderRadius: 4 },
        emphasis: { itemStyle: { borderColor: theme.text, borderWidth: 1 } },
      }],
    },
    `${panel.title ?? "Heat map"}: ${names.length} rows over ${instants.length} periods, from ${text(Math.min(...numbers))} to ${text(Math.max(...numbers))}`,
  );
}

/** The scheme runs from the page's color to a strong one, so the text turns over in the middle. */
function contrast(value: number, numbers: number[], options: Record<string, any>, isDark: boolean): string {
  const low = options.color?.min ?? Math.min(...numbers);
  const high = options.color?.max ?? Math.max(...numbers);
  const isStrong = high > low && (value - low) / (high - low) > (isDark ? 0.6 : 0.5);
  return isStrong === isDark ? "#12161e" : isDark ? "#e8ecf4" : "#ffffff";
}
