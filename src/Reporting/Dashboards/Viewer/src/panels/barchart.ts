import { categoryAxis, valueAxis } from "../charts/axes";
import { drawChart, tooltipBox, tooltipStyle } from "../charts/chart";
import { fieldColor, formatValue, resolveField } from "../data/field";
import { indexes } from "../data/series";
import { formatTime } from "../format/value";
import type { Drawing, PanelContext } from "./panel";

/** A bar per row and value column; the first text (or xField) names the rows. */
export function drawBarChart(context: PanelContext): Drawing {
  const { panel, results, theme, zone } = context;
  const result = results[0]!;
  const options = panel.options ?? {};
  const wanted = result.columns.findIndex((column) => column.name === options.xField);
  const x = wanted >= 0 ? wanted : result.columns.findIndex((column) => column.type !== "number");
  if (x < 0) throw new Error("The query has no text or time column for the names of the bars.");
  const names = result.rows.map((row) => (result.columns[x]!.type === "time" ? formatTime(row[x] as number, zone) : String(row[x] ?? "")));
  const isHorizontal = options.orientation === "horizontal";
  const isPercent = options.stacking === "percent";
  const columns = indexes(result, "number").filter((at) => at !== x);
  const sums = result.rows.map((row) => columns.reduce((sum, at) => sum + ((row[at] as number | null) ?? 0), 0));

  const series = columns.map((at, index) => {
    const field = resolveField(panel, result.columns[at]!.name);
    const color = fieldColor(theme, field.config, index, null);
    const showValue = options.showValue === "always" || (options.showValue !== "never" && names.length * columns.length <= 24 && options.stacking === "none");
    return {
      field, color, at,
      chart: {
        type: "bar",
        name: field.name,
        stack: options.stacking && options.stacking !== "none" ? "all" : undefined,
        barMaxWidth: 34,
        barGap: "8%",
        barCategoryGap: "30%",
        itemStyle: { color, opacity: (field.custom.fillOpacity ?? 85) / 100, borderRadius: options.stacking && options.stacking !== "none" ? 0 : isHorizontal ? [0, 3, 3, 0] : [3, 3, 0, 0] },
        emphasis: { focus: "series" },
        label: {
          show: showValue,
          position: options.stacking && options.stacking !== "none" ? "inside" : isHorizontal ? "right" : "top",
          color: theme.muted,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => formatValue(result.rows[dataIndex]![at]!, field),
        },
        data: result.rows.map((row, i) => {
          const value = row[at] as number | null;
          return isPercent && value !== null ? (sums[i] ? value / sums[i]! : null) : value;
        }),
      },
    };
  });
  const first = series[0];
  if (!first) throw new Error("The query has no value column, which this panel needs.");
  const values = valueAxis(theme, (value) => (isPercent ? Math.round(value * 100) + "%" : formatValue(value, first.field)), {
    max: isPercent ? 1 : (first.field.config.max ?? undefined),
    min: first.field.config.min ?? undefined,
    name: first.field.custom.axisLabel ?? "",
    nameTextStyle: { color: theme.muted, fontSize: 11, align: "left" },
  });
  const categories = categoryAxis(theme, names, isHorizontal ? { inverse: true } : {});
  return drawChart(
    context,
    {
      grid: { left: 4, right: isHorizontal ? 44 : 12, top: 16, bottom: 2, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: isHorizontal ? values : categories,
      yAxis: isHorizontal ? categories : values,
      tooltip: options.tooltip?.mode === "none" ? { show: false } : {
        ...tooltipStyle,
        trigger: "axis",
        axisPointer: { type: "shadow", shadowStyle: { color: theme.text, opacity: 0.06 } },
        formatter: (items: { dataIndex: number }[]) => {
          const row = items[0]?.dataIndex;
          return row === undefined ? "" : tooltipBox(names[row]!, series.map((one) => ({
            name: one.field.name, color: one.color, value: formatValue(result.rows[row]![one.at]!, one.field),
          })));
        },
      },
      series: series.map((one) => one.chart),
    },
    `${panel.title ?? "Bar chart"}: ` + names.slice(0, 10).map((name, i) => `${name} ${formatValue(result.rows[i]![first.at]!, first.field)}`).join("; "),
    series.length > 1 ? series.map((one) => ({ name: one.field.name, color: one.color })) : [],
  );
}
