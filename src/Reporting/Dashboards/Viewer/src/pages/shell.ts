import { signOut } from "../api";
import { clear, h, icon } from "../dom";
import { currentTheme, toggleTheme } from "../theme";
import { iconButton } from "../ui";

/** The bar at the top with what belongs to every page. */
export function shell(app: HTMLElement, title: string, controls: (Node | null)[], onTheme: () => void): HTMLElement {
  document.title = title ? `${title} – LifecycleMetrics` : "Dashboards – LifecycleMetrics";
  const theme = iconButton(currentTheme().name === "dark" ? "sun" : "moon", "Light or dark", () => {
    const now = toggleTheme();
    theme.replaceChildren(icon(now.name === "dark" ? "sun" : "moon"));
    onTheme();
  });
  const main = h("main", { id: "main" });
  clear(app);
  app.append(
    h("a", { class: "skip", href: "#main" }, "Skip to content"),
    h("header", { class: "top" },
      h("div", { class: "brand" },
        h("a", { href: "./", class: "logo", title: "All dashboards" }, h("span", { class: "mark", "aria-hidden": "true" }), h("span", { class: "brand-name" }, "LifecycleMetrics")),
        title ? h("span", { class: "crumb" }, h("span", { "aria-hidden": "true" }, "/"), h("h1", {}, title)) : null),
      h("div", { class: "controls" }, ...controls, theme, signedIn ? iconButton("out", "Sign out", () => {
        void signOut().finally(() => location.reload());
      }) : null)),
    main);
  return main;
}

let signedIn = false;

/** Remembers that a key was typed here, so that signing out is offered. */
export function markSignedIn(): void {
  signedIn = true;
}
