import { formatNumber, formatTime, type Zone } from "../format/value";
import { namedColor, type Theme } from "../theme";
import type { Cell, ColumnType, FieldConfig, PanelDefinition } from "../types";

/** The settings of a series or column after its overrides. */
export interface Field {
  name: string;
  config: FieldConfig;
  custom: Record<string, any>;
}

/** Applies defaults, then every override whose matcher fits the name; a display name may use labels. */
export function resolveField(
  panel: PanelDefinition,
  name: string,
  labels: Record<string, string> = {},
  column: string = name,
): Field {
  const defaults = panel.fieldConfig?.defaults ?? {};
  const config: FieldConfig = { ...defaults, custom: { ...defaults.custom } };
  if (config.displayName) name = fill(config.displayName, name, labels, column);
  for (const override of panel.fieldConfig?.overrides ?? []) {
    if (!matches(override.matcher, name)) continue;
    for (const { id, value } of override.properties) {
      if (id.startsWith("custom.")) config.custom![id.slice(7)] = value;
      else (config as Record<string, unknown>)[id] = value;
      if (id === "displayName") name = fill(String(value), name, labels, column);
    }
  }
  return { name, config, custom: config.custom! };
}

function fill(template: string, name: string, labels: Record<string, string>, column: string): string {
  return template
    .replace(/\$\{__field\.labels\.(\w+)\}/g, (_, label: string) => labels[label] ?? "")
    .replace(/\$\{__field\.name\}/g, column)
    .replace(/\$\{__(?:series\.name|field\.displayName)\}/g, name);
}

function matches(matcher: { id: string; options: string }, name: string): boolean {
  if (matcher.id === "byName") return matcher.options === name;
  const slashes = /^\/(.*)\/(\w*)$/s.exec(matcher.options);
  return new RegExp(slashes?.[1] ?? matcher.options, slashes?.[2]).test(name);
}

/** A value as text, in the unit of its field. */
export function formatValue(value: Cell, field: Field, type: ColumnType = "number", zone: Zone = "utc"): string {
  if (value === null) return field.config.noValue ?? "–";
  if (type === "time") {
    return field.config.unit === "time: YYYY-MM-DD"
      ? formatNumber(value as number, field.config.unit)
      : formatTime(value as number, zone);
  }
  if (typeof value === "number") return formatNumber(value, field.config.unit, field.config.decimals);
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
}

/** Color of the highest threshold that the value reaches. */
export function thresholdColor(theme: Theme, config: FieldConfig, value: number | null): string {
  const steps = config.thresholds?.steps ?? [];
  let color = steps[0]?.color ?? "green";
  for (const step of steps) {
    if (step.value !== null && value !== null && value >= step.value) color = step.color;
  }
  return namedColor(theme, color);
}

/** Color of the index-th series, or of a value where thresholds decide. */
export function fieldColor(theme: Theme, config: FieldConfig, index: number, value: number | null): string {
  switch (config.color?.mode) {
    case "fixed":
      return namedColor(theme, config.color.fixedColor ?? "blue");
    case "thresholds":
      return thresholdColor(theme, config, value);
    default:
      return theme.series[index % theme.series.length]!;
  }
}
