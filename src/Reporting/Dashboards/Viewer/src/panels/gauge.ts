import { drawChart } from "../charts/chart";
import { formatValue, thresholdColor } from "../data/field";
import { singleValues } from "../data/values";
import { namedColor } from "../theme";
import type { Drawing, PanelContext } from "./panel";

/** A value on an arc from min to max, colored by the threshold it has reached. */
export function drawGauge(context: PanelContext): Drawing {
  const { panel, results, theme } = context;
  const values = singleValues(panel, results);
  const share = 100 / values.length;
  return drawChart(
    context,
    {
      series: values.flatMap(({ field, value }, index) => {
        const [min, max] = [field.config.min ?? 0, field.config.max ?? 100];
        const steps = field.config.thresholds?.steps ?? [];
        const arc = { type: "gauge", startAngle: 205, endAngle: -25, min, max, center: [`${share * (index + 0.5)}%`, "60%"], pointer: { show: false }, axisTick: { show: false }, splitLine: { show: false }, axisLabel: { show: false } };
        const color = thresholdColor(theme, field.config, value);
        const marks = steps.map((step, i) => [
          Math.min(1, Math.max(0, ((steps[i + 1]?.value ?? max) - min) / (max - min))),
          namedColor(theme, step.color),
        ]);
        return [
          {
            ...arc,
            radius: "96%",
            progress: { show: true, width: 14, roundCap: true, itemStyle: { color } },
            axisLine: { roundCap: true, lineStyle: { width: 14, color: [[1, theme.line]] } },
            anchor: { show: false },
            title: { show: values.length > 1, offsetCenter: [0, "38%"], color: theme.muted, fontSize: 12 },
            detail: { offsetCenter: [0, "-2%"], fontSize: 26, fontWeight: 650, color, formatter: () => formatValue(value, field) },
            data: [{ value: value ?? min, name: field.name }],
          },
          ...(panel.options?.showThresholdMarkers !== false && marks.length > 1
            ? [{ ...arc, radius: "108%", silent: true, axisLine: { lineStyle: { width: 3, color: marks, opacity: 0.85 } }, detail: { show: false }, data: [] }]
            : []),
        ];
      }),
    },
    `${panel.title ?? "Gauge"}: ` + values.map((one) => `${one.field.name} ${formatValue(one.value, one.field)}`).join("; "),
  );
}
