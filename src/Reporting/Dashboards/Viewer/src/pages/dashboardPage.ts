import { readState, writeState, type PageState } from "../address";
import { ApiError, getDashboard, getVariables, listDashboards, runQuery } from "../api";
import { h } from "../dom";
import type { Zone } from "../format/value";
import { currentTheme } from "../theme";
import { timePicker } from "../time/picker";
import { resolve, type RawRange } from "../time/range";
import { all, type DashboardDefinition, type DashboardSummary, type PanelDefinition, type Variable, type Variables } from "../types";
import { errorBox, iconButton } from "../ui";
import { PanelView, rowHeading, type PanelHost } from "./panelView";
import { shell } from "./shell";
import { showSignIn } from "./signIn";
import { variableBar } from "./variableBar";

/** One dashboard: everything it shows follows from the address. */
export async function showDashboard(app: HTMLElement, uid: string): Promise<void> {
  try {
    const [definition, list] = await Promise.all([getDashboard(uid), listDashboards()]);
    await new DashboardPage(app, definition, list).start();
  } catch (fault) {
    if (fault instanceof ApiError && fault.status === 401) return showSignIn(app, () => void showDashboard(app, uid));
    shell(app, "", [], () => undefined).append(errorBox((fault as Error).message));
  }
}

class DashboardPage {
  private state: PageState;
  private variables: Variable[] = [];
  private views: PanelView[] = [];
  private readonly open = new Map<number, boolean>();
  private readonly zone: Zone;
  private loading: AbortController | undefined;

  constructor(
    private readonly app: HTMLElement,
    private readonly definition: DashboardDefinition,
    private readonly list: DashboardSummary[],
  ) {
    this.zone = definition.timezone === "browser" ? "browser" : "utc";
    this.state = readState(location.search);
  }

  async start(): Promise<void> {
    addEventListener("popstate", () => {
      this.state = readState(location.search);
      void this.refresh();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    await this.refresh();
  }

  private get raw(): RawRange {
    return this.state.range ?? this.definition.time ?? { from: "now-6M/M", to: "now" };
  }

  /** Asks for the variables, then for every panel. */
  private async refresh(): Promise<void> {
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    this.app.dataset.state = "loading";
    try {
      const range = resolve(this.raw, Date.now());
      this.variables = await getVariables(this.definition.uid, range, this.state.variables, loading.signal);
      if (loading.signal.aborted) return;
      this.build();
      await Promise.all(this.views.map((view) => view.load(range)));
    } catch (fault) {
      if (loading.signal.aborted) return;
      if (fault instanceof ApiError && fault.status === 401) return showSignIn(this.app, () => void this.refresh());
      this.build();
      this.views.forEach((view) => view.dispose());
      this.app.querySelector("main")!.replaceChildren(errorBox((fault as Error).message));
    }
    if (!loading.signal.aborted) this.app.dataset.state = "done";
  }

  /** Changes the state, its address, and all that follows. */
  private go(change: Partial<PageState>): void {
    this.state = { ...this.state, ...change };
    history.pushState(null, "", location.pathname + writeState(this.state));
    void this.refresh();
  }

  private build(): void {
    this.views.forEach((view) => view.dispose());
    this.views = [];
    const scroll = scrollY;
    const main = shell(this.app, this.definition.title, [
      timePicker(this.raw, this.zone === "utc" ? "UTC" : "", (range) => this.go({ range })),
      iconButton("refresh", "Refresh", () => void this.refresh()),
    ], () => this.redraw());
    main.append(h("div", { class: "sub" },
      variableBar(this.variables, (name, values) => this.go({ variables: { ...this.selected(), [name]: values } })),
      this.links()));

    const grid = h("div", { class: "grid" });
    main.append(grid);
    const host: PanelHost = {
      zone: this.zone,
      theme: currentTheme,
      interpolate: (text) => this.interpolate(text),
      query: (panel, refId, maxDataPoints, signal) => runQuery(
        this.definition.uid,
        { panelId: panel.id, refId, maxDataPoints, variables: this.selected(), ...resolve(this.raw, Date.now()) }, signal),
      enlarge: (panel) => this.go({ viewPanel: this.state.viewPanel === panel.id ? undefined : panel.id }),
      onUnauthorized: () => showSignIn(this.app, () => void this.refresh()),
    };
    const alone = this.state.viewPanel === undefined ? undefined
      : this.allPanels().find((panel) => panel.id === this.state.viewPanel && panel.type !== "row");
    if (alone) {
      grid.className = "alone";
      grid.append(h("button", { type: "button", class: "control back", on: { click: () => this.go({ viewPanel: undefined }) } }, "← Back to the dashboard"));
      this.place(grid, alone, host);
    } else {
      this.fillGrid(grid, host);
    }
    scrollTo(0, scroll);
  }

  /** Panels after a row belong to it until the next one; a collapsed row holds them itself. */
  private fillGrid(grid: HTMLElement, host: PanelHost): void {
    const panels = [...this.definition.panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x);
    let section = h("div", { class: "grid-section" });
    let top = 0;
    let isOpen = true;
    grid.append(section);
    for (const panel of panels) {
      if (panel.type === "row") {
        isOpen = this.open.get(panel.id) ?? !panel.collapsed;
        const now = isOpen;
        grid.append(rowHeading(panel, this.interpolate(panel.title ?? ""), isOpen, () => {
          this.open.set(panel.id, !now);
          void this.refresh();
        }));
        section = h("div", { class: "grid-section" });
        grid.append(section);
        top = panel.gridPos.y + 1;
        if (isOpen) for (const inner of panel.panels ?? []) this.place(section, inner, host, top);
      } else if (isOpen) {
        this.place(section, panel, host, top);
      }
    }
  }

  private place(grid: HTMLElement, panel: PanelDefinition, host: PanelHost, top = 0): void {
    const view = new PanelView(panel, host);
    const { x, y, w, h: rows } = panel.gridPos;
    const size = w <= 6 && rows <= 6 ? "small" : w <= 12 ? "half" : "wide";
    view.element.dataset.size = size;
    for (const [name, value] of Object.entries({ x: x + 1, y: y - top + 1, w, h: rows })) view.element.style.setProperty(`--${name}`, String(value));
    grid.append(view.element);
    this.views.push(view);
  }

  private allPanels(): PanelDefinition[] {
    return this.definition.panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  }

  private redraw(): void {
    this.views.forEach((view) => {
      if (view.element.dataset.state === "done") view.draw();
    });
  }

  private selected(): Variables {
    return Object.fromEntries(this.variables.filter((variable) => variable.selected.length > 0).map((variable) => [variable.name, variable.selected]));
  }

  /** Titles and texts may name variables; people read the choice's text, or its value where the format says so. */
  private interpolate(text: string): string {
    return text.replace(/\$\{(\w+)(?::(\w+))?\}|\$(\w+)/g, (whole, inBraces: string | undefined, format: string | undefined, bare: string | undefined) => {
      const variable = this.variables.find((one) => one.name === (inBraces ?? bare));
      if (!variable) return whole;
      if (variable.selected[0] === all) return "All";
      return variable.selected
        .map((value) => (format === "raw" ? value : (variable.options.find((option) => option.value === value)?.text ?? value)))
        .join(" + ");
    });
  }

  /** Links to the dashboards with the tags that the definition names, in the same time range and with the same choices. */
  private links(): HTMLElement | null {
    const wanted = (this.definition.links ?? []).filter((link) => link.type === "dashboards");
    const targets = this.list.filter((one) => one.uid !== this.definition.uid && wanted.some((link) => (link.tags ?? []).every((tag) => one.tags.includes(tag))));
    if (targets.length === 0) return null;
    const state = writeState({
      range: wanted.some((link) => link.keepTime) ? this.raw : undefined,
      variables: wanted.some((link) => link.includeVars) ? this.selected() : {},
      viewPanel: undefined,
    });
    return h("nav", { class: "links", "aria-label": "Related dashboards" },
      ...targets.map((target) => h("a", { class: "control", href: encodeURIComponent(target.uid) + state }, target.title)));
  }
}
