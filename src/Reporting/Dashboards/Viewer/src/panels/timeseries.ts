import { timeAxis, valueAxis } from "../charts/axes";
import { drawChart, tooltipBox, tooltipStyle, type LegendItem } from "../charts/chart";
import { fieldColor, formatValue, resolveField, type Field } from "../data/field";
import { seriesName, toSeries, type Series } from "../data/series";
import { formatTime } from "../format/value";
import { namedColor } from "../theme";
import type { Drawing, PanelContext } from "./panel";

interface Line {
  series: Series;
  field: Field;
  color: string;
  points: [number, number | null][];
}

/** Lines, areas, bars and points over time; stacked, as shares, or with a band between two of them. */
export function drawTimeSeries(context: PanelContext): Drawing {
  const { panel, theme, range, zone } = context;
  const lines = linesOf(context);
  const isPercent = lines.some((line) => line.field.custom.stacking?.mode === "percent");
  if (isPercent) toShares(lines);
  const first = lines[0]!.field;
  const isShare = isPercent || (first.config.unit === "percentunit" && first.config.min === 0 && first.config.max === 1);
  const isStacked = lines.some((line) => line.field.custom.stacking && line.field.custom.stacking.mode !== "none");
  const valueText = (field: Field, value: number | null) =>
    isPercent && value !== null ? (value * 100).toFixed(1) + "%" : formatValue(value, field);

  const shown = lines.filter((line) => !line.field.custom.hideFrom?.viz);
  const gap = smallestGap(shown);
  const hasBars = shown.some((line) => line.field.custom.drawStyle === "bars");
  const instants = shown.flatMap((line) => line.points.map((point) => point[0]));
  const [firstAt, lastAt] = [Math.min(...instants), Math.max(...instants)];
  const half = hasBars ? gap / 2 : 0;
  // Between the first and the last bar, so that no bar is cut at the edge.
  const from = hasBars ? firstAt - half : Math.min(range.from, firstAt);
  const to = hasBars ? lastAt + half : Math.max(Math.min(range.to, lastAt + gap * 0.15), lastAt);

  const option = {
    useUTC: zone === "utc",
    color: lines.map((line) => line.color),
    grid: { left: 4, right: 14, top: 12, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: timeAxis(theme, from === to ? from - 43_200_000 : from, from === to ? to + 43_200_000 : to),
    yAxis: valueAxis(theme, (value) => (isShare ? Math.round(value * 100) + "%" : valueText(first, value)), {
      show: first.custom.axisPlacement !== "hidden",
      name: first.custom.axisLabel ?? "",
      nameTextStyle: { color: theme.muted, fontSize: 11, align: "left" },
      min: isPercent ? 0 : (first.config.min ?? undefined),
      max: isPercent ? 1 : (first.config.max ?? undefined),
      interval: isShare ? 0.25 : undefined,
      // Stacks and bars show amounts by their length, which begins at zero.
      scale: first.config.min === undefined && !hasBars && !isStacked && first.custom.axisSoftMin === undefined,
    }),
    tooltip: panel.options?.tooltip?.mode === "none" ? { show: false } : {
      ...tooltipStyle,
      trigger: "axis",
      axisPointer: hasBars
        ? { type: "shadow", shadowStyle: { color: theme.text, opacity: 0.06 } }
        : { type: "line", lineStyle: { color: theme.muted, type: "dashed" } },
      formatter: (items: { seriesName: string; axisValue: number; value: [number, number | null]; color: string }[]) => {
        const at = items[0]?.axisValue;
        const rows = lines.filter((line) => !line.field.custom.hideFrom?.tooltip).flatMap((line) => {
          const value = line.points.find((point) => point[0] === at)?.[1];
          return value === undefined ? [] : [{ name: line.field.name, number: value, value: valueText(line.field, value), color: line.color }];
        });
        const sort = panel.options?.tooltip?.sort;
        if (sort === "desc" || sort === "asc")
          rows.sort((a, b) => ((a.number ?? -Infinity) - (b.number ?? -Infinity)) * (sort === "asc" ? 1 : -1));
        return at === undefined ? "" : tooltipBox(formatTime(at, zone), rows);
      },
    },
    series: shown.flatMap((line) => [...band(line, lines), chartSeries(line, shown, context)]),
  };
  const legend: LegendItem[] = lines
    .filter((line) => !line.field.custom.hideFrom?.legend && !line.field.custom.hideFrom?.viz)
    .map((line) => ({
      name: line.field.name,
      color: line.color,
      isDashed: line.field.custom.lineStyle?.fill === "dash",
    }));
  const summary = `${panel.title ?? "Chart"}: ` + shown.slice(0, 8).map((line) => {
    const last = line.points.findLast((point) => point[1] !== null);
    return last ? `${line.field.name} ${valueText(line.field, last[1])} at ${formatTime(last[0], zone)}` : `${line.field.name} empty`;
  }).join("; ");
  return drawChart(context, option, summary, legend);
}

function linesOf({ panel, results, theme }: PanelContext): Line[] {
  const all = results.flatMap((result) => (result.rows.length > 0 ? toSeries(result) : []));
  return all.map((series, index) => {
    const field = resolveField(panel, seriesName(series, all), series.labels, series.field);
    const last = series.points.findLast((point) => point[1] !== null)?.[1] ?? null;
    return { series, field, color: fieldColor(theme, field.config, index, last), points: series.points };
  });
}

function toShares(lines: Line[]): void {
  const sums = new Map<number, number>();
  for (const line of lines) for (const [at, value] of line.points) sums.set(at, (sums.get(at) ?? 0) + (value ?? 0));
  for (const line of lines) {
    line.points = line.points.map(([at, value]) => [at, value === null || !sums.get(at) ? null : value / sums.get(at)!]);
  }
}

function smallestGap(lines: Line[]): number {
  let gap = Infinity;
  for (const line of lines)
    for (let i = 1; i < line.points.length; i++) gap = Math.min(gap, line.points[i]![0] - line.points[i - 1]![0]);
  return gap === Infinity || gap <= 0 ? 86_400_000 : gap;
}

function chartSeries(line: Line, all: Line[], { theme }: PanelContext) {
  const { custom, config, name } = line.field;
  const isBar = custom.drawStyle === "bars";
  const opacity = (custom.fillOpacity ?? (isBar ? 80 : 0)) / 100;
  const isStacked = custom.stacking && custom.stacking.mode !== "none";
  const showPoints = custom.showPoints === "always" || custom.drawStyle === "points"
    || (custom.showPoints !== "never" && line.points.length < 2);
  const isLast = !isStacked || all.at(-1) === line;
  const thresholds = custom.thresholdsStyle?.mode && custom.thresholdsStyle.mode !== "off" && all[0] === line
    ? (config.thresholds?.steps ?? []).filter((step) => step.value !== null) : [];
  const common = {
    name,
    data: line.points,
    stack: isStacked ? (custom.stacking.group ?? "A") : undefined,
    itemStyle: { color: line.color },
    emphasis: { focus: "series", blurScope: "coordinateSystem" },
    blur: { lineStyle: { opacity: 0.25 }, itemStyle: { opacity: 0.3 }, areaStyle: { opacity: 0.1 } },
    markLine: thresholds.length === 0 ? undefined : {
      silent: true,
      symbol: "none",
      animation: false,
      label: { show: true, position: "insideEndTop", color: theme.muted, fontSize: 10, formatter: "target" },
      data: thresholds.map((step) => ({
        yAxis: step.value,
        lineStyle: { color: namedColor(theme, step.color), type: custom.thresholdsStyle.mode === "dashed" ? "dashed" : "solid", width: 1 },
      })),
    },
  };
  if (isBar) {
    return {
      ...common,
      type: "bar",
      barCategoryGap: "28%",
      barMaxWidth: 56,
      itemStyle: {
        color: line.color,
        opacity: Math.max(opacity, 0.3),
        borderRadius: isLast ? [3, 3, 0, 0] : 0,
        ...(isStacked ? { borderColor: theme.surface, borderWidth: 0.5 } : {}),
      },
    };
  }
  return {
    ...common,
    type: "line",
    smooth: custom.lineInterpolation === "smooth" ? 0.25 : false,
    smoothMonotone: "x",
    step: custom.lineInterpolation === "stepAfter" ? "end" : custom.lineInterpolation === "stepBefore" ? "start" : false,
    connectNulls: custom.spanNulls === true,
    showSymbol: showPoints,
    symbol: "circle",
    symbolSize: custom.pointSize ?? 6,
    lineStyle: {
      width: custom.drawStyle === "points" ? 0 : (custom.lineWidth ?? 2),
      color: line.color,
      type: custom.lineStyle?.fill === "dash" ? (custom.lineStyle.dash ?? [6, 5]) : "solid",
    },
    areaStyle: opacity > 0 && !custom.fillBelowTo
      ? {
          opacity: 1,
          color: custom.gradientMode === "opacity"
            ? { type: "linear", x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: alpha(line.color, opacity) }, { offset: 1, color: alpha(line.color, 0) }] }
            : alpha(line.color, opacity),
        }
      : undefined,
  };
}

/** The area between a line and the one named by fillBelowTo: an unseen base with the difference stacked on it. */
function band(line: Line, all: Line[]) {
  const below = all.find((other) => other.field.name === line.field.custom.fillBelowTo);
  if (!below) return [];
  const base = new Map(below.points);
  const common = { type: "line", symbol: "none", silent: true, lineStyle: { opacity: 0 }, stack: `band-${line.field.name}`, tooltip: { show: false }, emphasis: { disabled: true } };
  const smooth = line.field.custom.lineInterpolation === "smooth" ? 0.25 : false;
  return [
    { ...common, smooth, smoothMonotone: "x", name: below.field.name, data: below.points },
    {
      ...common,
      smooth,
      smoothMonotone: "x",
      name: line.field.name,
      data: line.points.map(([at, value]) => [at, value === null || base.get(at) == null ? null : value - base.get(at)!]),
      areaStyle: { color: alpha(line.color, (line.field.custom.fillOpacity ?? 15) / 100), opacity: 1 },
    },
  ];
}

export function alpha(color: string, opacity: number): string {
  return /^#[0-9a-f]{6}$/i.test(color)
    ? color + Math.round(Math.min(1, Math.max(0, opacity)) * 255).toString(16).padStart(2, "0")
    : color;
}
