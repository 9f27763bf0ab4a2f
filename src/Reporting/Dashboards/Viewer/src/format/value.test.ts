import { expect, it } from "vitest";
import { formatNumber } from "./value";

it.each([
  [1234567, "short", undefined, "1.23M"],
  [999, "short", undefined, "999"],
  [12.345, "short", undefined, "12.3"],
  [0.1234, "percentunit", undefined, "12.3%"],
  [0.5, "percentunit", 0, "50%"],
  [1234567, "locale", undefined, "1,234,567"],
  [90, "suffix: days", undefined, "90 days"],
  [90, "s", undefined, "1.5 min"],
  [-1500, "currencyUSD", undefined, "−$1.5K"],
])("formats %d as %s", (value, unit, decimals, expected) => expect(formatNumber(value, unit, decimals)).toBe(expected));
