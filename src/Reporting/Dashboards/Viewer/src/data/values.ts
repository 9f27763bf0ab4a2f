import type { PanelDefinition, QueryResult } from "../types";
import { resolveField, type Field } from "./field";
import { reduce } from "./reduce";
import { indexes, seriesName, toSeries } from "./series";

/** One number of a stat, gauge, bar or slice, with the points behind it. */
export interface SingleValue {
  field: Field;
  value: number | null;
  points: [time: number, value: number | null][];
}

/** The numbers of a panel, by its reduceOptions: one per row, or one per series or column. */
export function singleValues(panel: PanelDefinition, results: QueryResult[]): SingleValue[] {
  const { values = false, calcs = ["lastNotNull"] } = panel.options?.reduceOptions ?? {};
  return results.flatMap((result, i) => {
    const isTimeSeries = panel.targets?.[i]?.format === 0;
    if (values) return perRow(panel, result);
    if (isTimeSeries && result.columns.some((column) => column.type === "time")) return perSeries(panel, result, calcs[0]);
    return indexes(result, "number").map((at) => {
      const column = result.rows.map((row) => row[at] as number | null);
      return { field: resolveField(panel, result.columns[at]!.name), value: reduce(column, calcs[0]), points: [] };
    });
  });
}

function perRow(panel: PanelDefinition, result: QueryResult): SingleValue[] {
  const texts = indexes(result, "string");
  const numbers = indexes(result, "number");
  return result.rows.flatMap((row) =>
    numbers.map((at) => {
      const column = result.columns[at]!.name;
      const labels = texts.map((text) => String(row[text] ?? ""));
      const name = [...labels, ...(numbers.length > 1 || labels.length === 0 ? [column] : [])].join(" ");
      return { field: resolveField(panel, name, {}, column), value: row[at] as number | null, points: [] };
    }),
  );
}

function perSeries(panel: PanelDefinition, result: QueryResult, calculation: string): SingleValue[] {
  const all = result.rows.length === 0 ? [] : toSeries(result);
  return all.map((series) => ({
    field: resolveField(panel, seriesName(series, all), series.labels, series.field),
    value: reduce(series.points.map((point) => point[1]), calculation),
    points: series.points,
  }));
}
