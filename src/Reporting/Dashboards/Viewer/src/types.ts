/** The part of Grafana's dashboard JSON that the viewer draws; the server has checked it (see panel-options.json). */
export interface DashboardDefinition {
  uid: string;
  title: string;
  description?: string;
  tags?: string[];
  timezone?: string;
  time?: { from: string; to: string };
  links?: DashboardLink[];
  panels: PanelDefinition[];
}

export interface DashboardLink {
  title?: string;
  type: string;
  tags?: string[];
  url?: string;
  keepTime?: boolean;
  includeVars?: boolean;
}

export interface PanelDefinition {
  id: number;
  type: string;
  title?: string;
  description?: string;
  transparent?: boolean;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { refId: string; format?: number }[];
  options?: Record<string, any>;
  fieldConfig?: { defaults?: FieldConfig; overrides?: FieldOverride[] };
  collapsed?: boolean;
  panels?: PanelDefinition[];
  problems: string[];
}

export interface FieldConfig {
  unit?: string;
  decimals?: number | null;
  min?: number | null;
  max?: number | null;
  noValue?: string;
  displayName?: string;
  color?: { mode: string; fixedColor?: string };
  thresholds?: { mode: string; steps: { color: string; value: number | null }[] };
  custom?: Record<string, any>;
}

export interface FieldOverride {
  matcher: { id: string; options: string };
  properties: { id: string; value: unknown }[];
}

export type ColumnType = "time" | "number" | "boolean" | "string";
export type Cell = number | string | boolean | null;

export interface QueryResult {
  columns: { name: string; type: ColumnType }[];
  rows: Cell[][];
  isTruncated: boolean;
}

export interface DashboardSummary {
  uid: string;
  title: string;
  description: string;
  tags: string[];
  panels: string[];
}

export interface Variable {
  name: string;
  label: string;
  isMulti: boolean;
  includesAll: boolean;
  isHidden: boolean;
  isText: boolean;
  options: { text: string; value: string }[];
  selected: string[];
}

export type Variables = Record<string, string[]>;

/** The value that stands for every choice of a variable. */
export const all = "$__all";

/** Milliseconds since 1970 (UTC). */
export interface TimeRange {
  from: number;
  to: number;
}
