import { expect, it } from "vitest";
import { toCsv } from "./csv";
import { changeOverRange, reduce } from "./reduce";
import { seriesName, toSeries } from "./series";

const result = {
  columns: [{ name: "time", type: "time" as const }, { name: "stage", type: "string" as const }, { name: "Value", type: "number" as const }],
  rows: [[1, "Reach", 5], [1, "Loyalty", null], [2, "Reach", 7]],
  isTruncated: false,
};

it("splits rows by their labels, in order of appearance", () => {
  const series = toSeries(result);
  expect(series.map((one) => one.points)).toEqual([[[1, 5], [2, 7]], [[1, null]]]);
  expect(series.map((one) => seriesName(one, series))).toEqual(["Reach", "Loyalty"]);
});

it("names the column that is missing", () => expect(() => toSeries({ ...result, columns: result.columns.slice(1) })).toThrow("no time column"));

it("leaves out what is not there", () => {
  expect(reduce([1, null, 3, null], "lastNotNull")).toBe(3);
  expect(reduce([null], "sum")).toBeNull();
  expect(changeOverRange([null, 2, 3])).toBe(0.5);
  expect(changeOverRange([0, 3])).toBeNull();
});

it("writes what a spreadsheet reads and does not run", () => {
  const csv = toCsv({ columns: [{ name: "a,b", type: "string" }], rows: [['=1+"x"'], [null]], isTruncated: false });
  expect(csv).toBe('"a,b"\r\n"\'=1+""x"""\r\n\r\n');
});
