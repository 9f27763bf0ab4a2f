/** Grafana's calculations that make one number of many. */
export function reduce(values: (number | null)[], calculation: string): number | null {
  const numbers = values.filter((value): value is number => value !== null);
  switch (calculation) {
    case "last":
      return values.at(-1) ?? null;
    case "first":
      return values[0] ?? null;
    case "firstNotNull":
      return numbers[0] ?? null;
    case "sum":
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
    case "mean":
      return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    case "min":
      return numbers.length === 0 ? null : Math.min(...numbers);
    case "max":
      return numbers.length === 0 ? null : Math.max(...numbers);
    case "count":
      return values.length;
    default:
      return numbers.at(-1) ?? null;
  }
}

/** Last against first value that is there, as a share of the first; null when there are no two, or the first is 0. */
export function changeOverRange(values: (number | null)[]): number | null {
  const numbers = values.filter((value): value is number => value !== null);
  const [first, last] = [numbers[0], numbers.at(-1)];
  return numbers.length < 2 || !first || last === undefined ? null : (last - first) / Math.abs(first);
}
