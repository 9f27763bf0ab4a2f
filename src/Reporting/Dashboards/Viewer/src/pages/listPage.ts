import { ApiError, listDashboards } from "../api";
import { h } from "../dom";
import { errorBox } from "../ui";
import { shell } from "./shell";
import { showSignIn } from "./signIn";

/** All dashboards. */
export async function showList(app: HTMLElement): Promise<void> {
  const main = shell(app, "", [], () => undefined);
  try {
    const dashboards = await listDashboards();
    main.append(
      h("div", { class: "list-intro" }, h("h1", {}, "Dashboards"), h("p", {}, "Every number comes from the same published views as OData and the e-mail reports.")),
      h("ul", { class: "cards" }, ...dashboards.map((dashboard) =>
        h("li", {}, h("a", { class: "card", href: encodeURIComponent(dashboard.uid) },
          h("span", { class: "card-art", "aria-hidden": "true" }, ...Array.from({ length: 9 }, (_, i) => h("i", { style: { "--i": String((i * 7 + dashboard.title.length * 3) % 11) } }))),
          h("strong", {}, dashboard.title),
          h("span", { class: "card-text" }, dashboard.description),
          h("span", { class: "card-foot" }, `${dashboard.panels.length} panels`, ...dashboard.tags.filter((tag) => tag !== "lifecycle-metrics").map((tag) => h("span", { class: "tag" }, tag))))))));
    if (dashboards.length === 0) main.append(h("p", { class: "no-data" }, "There are no dashboards in the configured folder."));
  } catch (fault) {
    if (fault instanceof ApiError && fault.status === 401) return showSignIn(app, () => void showList(app));
    main.append(errorBox((fault as Error).message));
  }
}
