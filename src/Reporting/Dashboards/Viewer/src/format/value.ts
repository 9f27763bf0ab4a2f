const locale = "en";
const formats = new Map<string, Intl.NumberFormat>();

function number(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format.format(value);
}

const currencies: Record<string, string> = { currencyUSD: "$", currencyEUR: "€", currencyGBP: "£" };

const steps: [unit: string, seconds: number][] = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/** Formats a number in one of Grafana's units. */
export function formatNumber(value: number, unit = "none", decimals?: number | null): string {
  const digits = (fallback: number): Intl.NumberFormatOptions =>
    typeof decimals === "number"
      ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
      : { maximumFractionDigits: fallback };
  const compact = (): string =>
    Math.abs(value) < 1000
      ? number(value, digits(Number.isInteger(value) ? 0 : Math.abs(value) < 10 ? 2 : 1))
      : number(value, { notation: "compact", ...(typeof decimals === "number" ? digits(0) : { maximumSignificantDigits: 3 }) });

  switch (unit) {
    case "percentunit":
      return number(value * 100, digits(1)) + "%";
    case "percent":
      return number(value, digits(1)) + "%";
    case "short":
      return compact();
    case "locale":
      return number(value, digits(2));
    case "dateTimeAsIso":
      return formatTime(value, "utc", true);
    case "time: YYYY-MM-DD":
      return new Date(value).toISOString().slice(0, 10);
    case "ms":
      return duration(value / 1000, digits(1));
    case "s":
      return duration(value, digits(1));
    case "m":
      return duration(value * 60, digits(1));
    case "h":
      return duration(value * 3_600, digits(1));
    case "d":
      return duration(value * 86_400, digits(1));
    default:
      if (currencies[unit]) return (value < 0 ? "−" : "") + currencies[unit] + formatNumber(Math.abs(value), "short", decimals);
      if (unit.startsWith("suffix: ")) return number(value, digits(1)) + " " + unit.slice(8);
      return number(value, digits(2));
  }
}

function duration(seconds: number, digits: Intl.NumberFormatOptions): string {
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ["ms", 0.001];
  return number(seconds / size, digits) + " " + unit;
}

export type Zone = "utc" | "browser";

/** An instant as people write it; the time of day only when it matters. */
export function formatTime(instant: number, zone: Zone, withTime?: boolean): string {
  const isMidnight = zone === "utc" && instant % 86_400_000 === 0;
  return new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    ...((withTime ?? !isMidnight) ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : {}),
    ...(zone === "utc" ? { timeZone: "UTC" } : {}),
  }).format(instant);
}
