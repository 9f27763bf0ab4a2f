import type { TimeRange } from "../types";

/** What the picker says, as Grafana writes it in addresses: `now-6M/M`, or milliseconds since 1970. */
export interface RawRange {
  from: string;
  to: string;
}

export const quickRanges: { label: string; from: string; to: string }[] = [
  { label: "Last 7 days", from: "now-7d/d", to: "now" },
  { label: "Last 30 days", from: "now-30d/d", to: "now" },
  { label: "Last 90 days", from: "now-90d/d", to: "now" },
  { label: "Last 6 months", from: "now-6M/M", to: "now" },
  { label: "Last 12 months", from: "now-12M/M", to: "now" },
  { label: "Last 2 years", from: "now-2y/M", to: "now" },
  { label: "This month", from: "now/M", to: "now/M" },
  { label: "Previous month", from: "now-1M/M", to: "now-1M/M" },
  { label: "This year", from: "now/y", to: "now/y" },
  { label: "Previous year", from: "now-1y/y", to: "now-1y/y" },
];

const relative = /^now((?:[+-]\d+[smhdwMQy])*)(?:\/([smhdwMQy]))?$/;

/**
 * Turns the picker's text into instants (UTC calendar).
 * A rounded start is the first instant of its unit, a rounded end the last.
 * @throws RangeError when a text is neither relative nor a number of milliseconds, or the range is empty
 */
export function resolve(raw: RawRange, now: number): TimeRange {
  const range = { from: instant(raw.from, now, false), to: instant(raw.to, now, true) };
  if (range.from >= range.to) throw new RangeError("The time range is empty: its start must be before its end.");
  return range;
}

function instant(text: string, now: number, isEnd: boolean): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const match = relative.exec(text);
  if (!match) throw new RangeError(`'${text}' is no time: write now-6M, now/M, or milliseconds since 1970.`);
  let date = new Date(now);
  for (const step of (match[1] ?? "").matchAll(/([+-]\d+)([smhdwMQy])/g)) date = add(date, Number(step[1]), step[2]!);
  const unit = match[2];
  if (!unit) return date.getTime();
  const start = floor(date, unit);
  return isEnd ? add(start, 1, unit).getTime() - 1 : start.getTime();
}

const milliseconds: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function add(date: Date, count: number, unit: string): Date {
  const fixed = milliseconds[unit];
  if (fixed) return new Date(date.getTime() + count * fixed);
  const months = count * (unit === "y" ? 12 : unit === "Q" ? 3 : 1);
  const moved = new Date(date);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  // 31 March minus a month is the last day of February, not 3 March.
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return moved;
}

function floor(date: Date, unit: string): Date {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case "y":
      return new Date(Date.UTC(year, 0, 1));
    case "Q":
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case "M":
      return new Date(Date.UTC(year, month, 1));
    case "w":
      return new Date(Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7)));
    case "d":
      return new Date(Date.UTC(year, month, day));
    default:
      return new Date(Math.floor(date.getTime() / milliseconds[unit]!) * milliseconds[unit]!);
  }
}

/** What the picker's button says. */
export function describe(raw: RawRange, format: (instant: number) => string): string {
  const quick = quickRanges.find((one) => one.from === raw.from && one.to === raw.to);
  if (quick) return quick.label;
  const text = (one: string) => (/^\d+$/.test(one) ? format(Number(one)) : one);
  return `${text(raw.from)} – ${text(raw.to)}`;
}
