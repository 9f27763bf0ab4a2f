import { describe, expect, it } from "vitest";
import { resolve } from "./range";

const now = Date.UTC(2026, 2, 31, 15, 30);
const at = (from: string, to: string) => {
  const range = resolve({ from, to }, now);
  return [new Date(range.from).toISOString(), new Date(range.to).toISOString()];
};

describe("resolve", () => {
  it("takes steps and rounds the start down", () =>
    expect(at("now-6M/M", "now")).toEqual(["2025-09-01T00:00:00.000Z", "2026-03-31T15:30:00.000Z"]));
  it("rounds the end up to the last instant of its unit", () =>
    expect(at("now-1M/M", "now-1M/M")).toEqual(["2026-02-01T00:00:00.000Z", "2026-02-28T23:59:59.999Z"]));
  it("stays in the month when it has fewer days", () => expect(at("now-1M", "now")[0]).toBe("2026-02-28T15:30:00.000Z"));
  it("begins weeks on Monday", () => expect(at("now/w", "now")[0]).toBe("2026-03-30T00:00:00.000Z"));
  it("takes milliseconds", () => expect(resolve({ from: "5", to: "9" }, now)).toEqual({ from: 5, to: 9 }));
  it.each([["yesterday", "now"], ["now", "now-1d"], ["now-1x", "now"]])("refuses %s to %s", (from, to) =>
    expect(() => resolve({ from, to }, now)).toThrow(RangeError));
});
