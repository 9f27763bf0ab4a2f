import type { Theme } from "../theme";

/** Axes alike in all charts: light grid, no lines, small muted labels. */
export function valueAxis(theme: Theme, format: (value: number) => string, extra: Record<string, unknown> = {}) {
  return {
    type: "value",
    axisLine: { show: false },
    axisTick: { show: false },
    splitNumber: 4,
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.muted, fontSize: 11, formatter: format, hideOverlap: true },
    ...extra,
  };
}

export function categoryAxis(theme: Theme, data: string[], extra: Record<string, unknown> = {}) {
  return {
    type: "category",
    data,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true, overflow: "truncate" },
    ...extra,
  };
}

const day = 86_400_000;

export function timeAxis(theme: Theme, from: number, to: number) {
  const span = to - from;
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat("en", { timeZone: "UTC", ...options });
    return (instant: number) => formatter.format(instant);
  };
  const month = format({ month: "short" });
  const label = span > 400 * day
    ? format({ month: "short", year: "2-digit" })
    : span > 60 * day
      ? (at: number) => (new Date(at).getUTCMonth() === 0 && new Date(at).getUTCDate() < 8 ? String(new Date(at).getUTCFullYear())
        : new Date(at).getUTCDate() === 1 ? month(at) : format({ month: "short", day: "numeric" })(at))
      : span > 3 * day
        ? format({ month: "short", day: "numeric" })
        : format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return {
    type: "time",
    min: from,
    max: to,
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    splitLine: { show: false },
    minInterval: span > 60 * day ? 28 * day : 0,
    axisLabel: { color: theme.muted, fontSize: 11, formatter: label, hideOverlap: true },
  };
}
