import type { Zone } from "../format/value";
import type { Theme } from "../theme";
import type { PanelDefinition, QueryResult, TimeRange } from "../types";

/** All that a panel is drawn from. */
export interface PanelContext {
  panel: PanelDefinition;
  results: QueryResult[];
  range: TimeRange;
  zone: Zone;
  theme: Theme;
  body: HTMLElement;
  /** Replaces variables in a text. */
  interpolate: (text: string) => string;
}

/** What is on screen: how to take it away, and how to make a picture of it. */
export interface Drawing {
  dispose?: () => void;
  toSvg?: () => SVGSVGElement | null;
}

export type Draw = (context: PanelContext) => Drawing;

/** Text for a panel without rows. */
export function noDataText(panel: PanelDefinition): string {
  return panel.fieldConfig?.defaults?.noValue ?? "No data";
}
