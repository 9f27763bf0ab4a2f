import type { QueryResult } from "../types";

/** The rows as a spreadsheet reads them (RFC 4180); instants in ISO 8601. */
export function toCsv(result: QueryResult): string {
  const cell = (value: unknown, type: string): string => {
    if (value === null) return "";
    const text = type === "time" ? new Date(value as number).toISOString() : String(value);
    // A text that begins like a formula would be run by the spreadsheet.
    const safe = type === "string" && /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [
    result.columns.map((column) => cell(column.name, "string")),
    ...result.rows.map((row) => row.map((value, i) => cell(value, result.columns[i]!.type))),
  ];
  return lines.map((line) => line.join(",") + "\r\n").join("");
}
