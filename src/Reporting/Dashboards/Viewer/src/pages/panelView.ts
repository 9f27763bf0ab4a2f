import { ApiError } from "../api";
import { toCsv } from "../data/csv";
import { clear, h, icon } from "../dom";
import type { Zone } from "../format/value";
import { drawers } from "../panels";
import { noDataText, type Drawing, type PanelContext } from "../panels/panel";
import { plainTable } from "../panels/table";
import type { Theme } from "../theme";
import type { PanelDefinition, QueryResult, TimeRange } from "../types";
import { download, downloadPng, errorBox, iconButton, popover } from "../ui";

/** What the page tells its panels. */
export interface PanelHost {
  zone: Zone;
  theme: () => Theme;
  interpolate: (text: string) => string;
  query: (panel: PanelDefinition, refId: string, width: number, signal: AbortSignal) => Promise<QueryResult>;
  enlarge: (panel: PanelDefinition) => void;
  onUnauthorized: () => void;
}

/** A panel on the page: its frame, loading, errors, and the other forms of its content. */
export class PanelView {
  readonly element: HTMLElement;
  private readonly body = h("div", { class: "panel-body" });
  private readonly heading: HTMLElement;
  private readonly note = h("div", { class: "panel-note" });
  private results: QueryResult[] = [];
  private range: TimeRange = { from: 0, to: 1 };
  private drawing: Drawing = {};
  private running: AbortController | undefined;
  private asTable = false;

  constructor(private readonly panel: PanelDefinition, private readonly host: PanelHost) {
    const id = `panel-${panel.id}`;
    this.heading = h("h3", { id: `${id}-title` });
    const hasQuery = (panel.targets ?? []).length > 0;
    this.element = h("section", {
      class: `panel panel-${panel.type}${panel.transparent ? " panel-transparent" : ""}`,
      id,
      "aria-labelledby": `${id}-title`,
      "data-state": "loading",
    },
      h("header", {}, this.heading,
        panel.description ? this.description(panel.description) : null,
        hasQuery ? this.menu() : null),
      this.body, this.note);
    this.retitle();
  }

  /** Asks again and draws; what is on screen stays until the answer comes. */
  async load(range: TimeRange): Promise<void> {
    this.retitle();
    this.range = range;
    if (this.panel.problems.length > 0)
      return this.fail(`This panel can't be drawn as it is written: ${this.panel.problems.join("; ")}.`);
    const targets = this.panel.targets ?? [];
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.element.dataset.state = "loading";
    try {
      const width = Math.round(this.body.clientWidth || 400);
      const results = await Promise.all(targets.map((target) => this.host.query(this.panel, target.refId, width, running.signal)));
      if (running.signal.aborted) return;
      this.results = results;
      this.draw();
    } catch (fault) {
      if (running.signal.aborted) return;
      if (fault instanceof ApiError && fault.status === 401) this.host.onUnauthorized();
      this.fail(fault instanceof Error ? fault.message : String(fault));
    }
  }

  /** Draws what was answered before, in the theme of now. */
  draw(): void {
    this.reset();
    const context: PanelContext = {
      panel: this.panel, results: this.results, range: this.range, zone: this.host.zone, theme: this.host.theme(),
      body: this.body, interpolate: this.host.interpolate,
    };
    const hasQuery = (this.panel.targets ?? []).length > 0;
    try {
      if (hasQuery && isEmpty(this.results)) {
        this.body.append(h("p", { class: "no-data" }, noDataText(this.panel)));
        this.element.dataset.state = "empty";
        return;
      }
      if (this.asTable) this.results.forEach((result) => this.body.append(plainTable(context, result)));
      else this.drawing = drawers[this.panel.type]!(context);
      this.element.dataset.state = "done";
      if (this.results.some((result) => result.isTruncated)) this.note.textContent = "There are more rows than are shown here.";
    } catch (fault) {
      this.fail(fault instanceof Error ? fault.message : String(fault));
    }
  }

  dispose(): void {
    this.running?.abort();
    this.reset();
  }

  private retitle(): void {
    this.heading.textContent = this.host.interpolate(this.panel.title ?? "");
  }

  private reset(): void {
    this.drawing.dispose?.();
    this.drawing = {};
    this.note.textContent = "";
    clear(this.body);
  }

  private fail(message: string): void {
    this.reset();
    this.body.append(errorBox(message));
    this.element.dataset.state = "error";
  }

  private description(text: string): HTMLElement {
    const button = iconButton("info", `About ${this.panel.title ?? "this panel"}`);
    return popover(button, () => h("div", { class: "about", tabindex: "-1" }, h("p", {}, text)), "right");
  }

  private menu(): HTMLElement {
    const name = this.host.interpolate(this.panel.title ?? "panel").toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const button = iconButton("menu", `Menu of ${this.panel.title ?? "this panel"}`);
    return popover(button, (close) => {
      const item = (text: string, run: () => void) => h("li", { role: "none" }, h("button", {
        type: "button",
        role: "menuitem",
        on: {
          click: () => {
            close();
            run();
          },
        },
      }, text));
      const picture = this.drawing.toSvg?.();
      const list = h("ul", { class: "choices", role: "menu" },
        item("Enlarge or reduce", () => this.host.enlarge(this.panel)),
        this.panel.type === "table" ? null : item(this.asTable ? "Show as chart" : "Show as table", () => {
          this.asTable = !this.asTable;
          this.draw();
        }),
        item("Save as CSV", () => this.results.forEach((result, i) =>
          download(`${name}${i > 0 ? `-${i + 1}` : ""}.csv`, new Blob(["\ufeff" + toCsv(result)], { type: "text/csv" })))),
        picture ? item("Save as PNG", () => void downloadPng(`${name}.png`, picture, this.host.theme().surface)
          .catch((fault: Error) => this.fail(fault.message))) : null);
      list.addEventListener("keydown", (event) => {
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        const items = [...list.querySelectorAll("button")];
        items[(items.indexOf(document.activeElement as HTMLButtonElement) + step + items.length) % items.length]?.focus();
      });
      return list;
    }, "right");
  }
}

function isEmpty(results: QueryResult[]): boolean {
  return results.every((result) => {
    const numbers = result.columns.flatMap((column, i) => (column.type === "number" ? [i] : []));
    return result.rows.length === 0 || (numbers.length > 0 && result.rows.every((row) => numbers.every((i) => row[i] === null)));
  });
}

export function rowHeading(panel: PanelDefinition, title: string, isOpen: boolean, toggle: () => void): HTMLElement {
  return h("h2", { class: "row", id: `panel-${panel.id}` },
    h("button", { type: "button", "aria-expanded": String(isOpen), on: { click: toggle } }, icon(isOpen ? "down" : "right"), title));
}
