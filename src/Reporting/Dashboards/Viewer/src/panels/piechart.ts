import { drawChart, tooltipBox, tooltipStyle } from "../charts/chart";
import { fieldColor, formatValue } from "../data/field";
import { singleValues } from "../data/values";
import type { Drawing, PanelContext } from "./panel";

/** Shares of a whole; values of zero and less have no share. */
export function drawPieChart(context: PanelContext): Drawing {
  const { panel, results, theme } = context;
  const slices = singleValues(panel, results)
    .map((one, index) => ({ ...one, color: fieldColor(theme, one.field.config, index, one.value) }))
    .filter((one) => (one.value ?? 0) > 0);
  const total = slices.reduce((sum, one) => sum + one.value!, 0);
  const share = (value: number) => ((value / total) * 100).toFixed(value / total < 0.1 ? 1 : 0) + "%";
  const labels: string[] = panel.options?.displayLabels ?? [];
  const legendValues: string[] = panel.options?.legend?.values ?? [];
  return drawChart(
    context,
    {
      tooltip: panel.options?.tooltip?.mode === "none" ? { show: false } : {
        ...tooltipStyle,
        trigger: "item",
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const one = slices[dataIndex]!;
          return tooltipBox("", [{ name: one.field.name, color: one.color, value: `${formatValue(one.value, one.field)} · ${share(one.value!)}` }]);
        },
      },
      series: [{
        type: "pie",
        radius: panel.options?.pieType === "donut" ? ["56%", "88%"] : "88%",
        padAngle: 1,
        itemStyle: { borderRadius: 3 },
        label: {
          show: labels.length > 0,
          color: theme.text,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const one = slices[dataIndex]!;
            const parts: Record<string, string> = { name: one.field.name, value: formatValue(one.value, one.field), percent: share(one.value!) };
            return labels.map((label) => parts[label]).join(" ");
          },
        },
        labelLine: { lineStyle: { color: theme.muted } },
        data: slices.map((one) => ({ name: one.field.name, value: one.value, itemStyle: { color: one.color } })),
      }],
    },
    `${panel.title ?? "Pie chart"}: ` + slices.map((one) => `${one.field.name} ${share(one.value!)}`).join("; "),
    slices.map((one) => ({
      name: one.field.name,
      color: one.color,
      values: legendValues.map((kind) => (kind === "percent" ? share(one.value!) : formatValue(one.value, one.field))),
    })),
  );
}
