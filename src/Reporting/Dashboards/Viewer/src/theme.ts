export type ThemeName = "light" | "dark";

/** Colors of what charts draw; those of the page are in the style sheets under the same names. */
export interface Theme {
  name: ThemeName;
  text: string;
  muted: string;
  line: string;
  surface: string;
  series: string[];
  named: Record<string, string>;
  blues: [string, string];
  greens: [string, string];
}

const themes: Record<ThemeName, Theme> = {
  light: {
    name: "light",
    text: "#1b2333",
    muted: "#667085",
    line: "#e7eaf0",
    surface: "#ffffff",
    series: ["#3b6fe0", "#11a38b", "#f0a132", "#8b5fd6", "#e2586b", "#29abd4", "#7c9c2f", "#c2752b", "#6b7a94", "#cf56a5"],
    named: { green: "#14916b", yellow: "#d9a300", orange: "#e07b18", red: "#d43f54", blue: "#3b6fe0", purple: "#8b5fd6" },
    blues: ["#eef3fd", "#1f4fb8"],
    greens: ["#e9f7f3", "#0b7a66"],
  },
  dark: {
    name: "dark",
    text: "#e8ecf4",
    muted: "#98a2b5",
    line: "#2a303c",
    surface: "#171b23",
    series: ["#6f9bff", "#34cdb0", "#ffbe5c", "#b18cf5", "#ff7d8f", "#58c9ec", "#a9c75a", "#e0a063", "#9aa8c0", "#ec84c8"],
    named: { green: "#37c796", yellow: "#f0c63f", orange: "#ff9d47", red: "#ff6b7d", blue: "#6f9bff", purple: "#b18cf5" },
    blues: ["#1d2534", "#7aa5ff"],
    greens: ["#1a2a2a", "#45dcb9"],
  },
};

const key = "lifecycle-metrics-theme";

/** What the viewer chose, else what the system prefers. */
export function currentTheme(): Theme {
  const chosen = readChoice();
  return themes[chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")];
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme.name;
}

export function toggleTheme(): Theme {
  const theme = themes[currentTheme().name === "dark" ? "light" : "dark"];
  try {
    localStorage.setItem(key, theme.name);
  } catch {
    // Storage may be switched off; the choice then lasts for this page.
  }
  chosenHere = theme.name;
  applyTheme(theme);
  return theme;
}

let chosenHere: ThemeName | undefined;

function readChoice(): ThemeName | undefined {
  if (chosenHere) return chosenHere;
  try {
    const kept = localStorage.getItem(key);
    return kept === "light" || kept === "dark" ? kept : undefined;
  } catch {
    return undefined;
  }
}

const shades: Record<string, number> = { "super-light": 0.6, light: 0.3, "semi-dark": -0.15, dark: -0.3 };

/** A color as Grafana names it (`green`, `dark-red`, `text`, `transparent`) or as CSS writes it. */
export function namedColor(theme: Theme, name: string): string {
  if (name === "text") return theme.text;
  if (name.startsWith("#") || name === "transparent" || name.startsWith("rgb")) return name;
  const dash = name.lastIndexOf("-");
  const base = theme.named[dash < 0 ? name : name.slice(dash + 1)];
  if (!base) return theme.muted;
  const shade = dash < 0 ? 0 : (shades[name.slice(0, dash)] ?? 0);
  return shade === 0 ? base : mix(base, shade > 0 ? "#ffffff" : "#000000", Math.abs(shade));
}

/** `share` of the second color in the first; both as #rrggbb. */
export function mix(one: string, other: string, share: number): string {
  const part = (color: string, at: number) => parseInt(color.slice(at, at + 2), 16);
  return "#" + [1, 3, 5]
    .map((at) => Math.round(part(one, at) * (1 - share) + part(other, at) * share).toString(16).padStart(2, "0"))
    .join("");
}

/** Black or white, whichever reads better on the color. */
export function textOn(color: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return "inherit";
  const [r, g, b] = [1, 3, 5].map((at) => (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2);
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b! > 0.36 ? "#12161e" : "#ffffff";
}
