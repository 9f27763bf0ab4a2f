import type { QueryResult } from "../types";

/** One line of a chart, or one value of a stat: a value column, split by the label columns beside it. */
export interface Series {
  /** Name of the value column. */
  field: string;
  /** Values of the label columns, by their names. */
  labels: Record<string, string>;
  points: [time: number, value: number | null][];
}

/**
 * Splits a time series answer as Grafana does: the first time column is the axis, texts are labels, numbers are values.
 * @throws Error when there is no time or no value column
 */
export function toSeries(result: QueryResult): Series[] {
  const time = result.columns.findIndex((column) => column.type === "time");
  const values = indexes(result, "number");
  const labels = indexes(result, "string");
  if (time < 0) throw new Error("The query has no time column, which this panel needs.");
  if (values.length === 0) throw new Error("The query has no value column, which this panel needs.");
  const byKey = new Map<string, Series>();
  for (const row of result.rows) {
    const texts = labels.map((at) => String(row[at] ?? ""));
    for (const at of values) {
      const field = result.columns[at]!.name;
      const key = [field, ...texts].join("\u0000");
      let series = byKey.get(key);
      if (!series) {
        series = { field, labels: {}, points: [] };
        labels.forEach((label, i) => (series!.labels[result.columns[label]!.name] = texts[i]!));
        byKey.set(key, series);
      }
      series.points.push([row[time] as number, row[at] as number | null]);
    }
  }
  return [...byKey.values()];
}

export function indexes(result: QueryResult, type: string): number[] {
  return result.columns.flatMap((column, i) => (column.type === type ? [i] : []));
}

/** What Grafana calls a series when no display name is set. */
export function seriesName(series: Series, all: Series[]): string {
  const names = new Set(all.flatMap((one) => Object.keys(one.labels)));
  const labels = Object.entries(series.labels).filter(([, value]) => value !== "");
  const label = names.size === 1 ? labels.map(([, value]) => value).join("") : labels.map(([k, v]) => `${k}="${v}"`).join(", ");
  const field = series.field === "Value" ? "" : series.field;
  return [field, names.size > 1 && label ? `{${label}}` : label].filter((part) => part !== "").join(" ") || series.field;
}
