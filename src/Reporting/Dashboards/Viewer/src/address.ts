import type { RawRange } from "./time/range";
import type { Variables } from "./types";

/** All state of a dashboard page, kept in its address so that links work; names as in Grafana. */
export interface PageState {
  range: RawRange | undefined;
  variables: Variables;
  viewPanel: number | undefined;
}

export function readState(search: string): PageState {
  const query = new URLSearchParams(search);
  const variables: Variables = {};
  for (const name of new Set(query.keys())) {
    if (name.startsWith("var-")) variables[name.slice(4)] = query.getAll(name);
  }
  const [from, to, view] = [query.get("from"), query.get("to"), query.get("viewPanel")];
  return {
    range: from && to ? { from, to } : undefined,
    variables,
    viewPanel: view && /^\d+$/.test(view) ? Number(view) : undefined,
  };
}

export function writeState(state: PageState): string {
  const query = new URLSearchParams();
  if (state.range) {
    query.set("from", state.range.from);
    query.set("to", state.range.to);
  }
  for (const [name, values] of Object.entries(state.variables)) {
    for (const value of values) query.append("var-" + name, value);
  }
  if (state.viewPanel !== undefined) query.set("viewPanel", String(state.viewPanel));
  const text = query.toString();
  return text ? "?" + text : "";
}

/** The dashboard in the address; empty for the list. */
export function dashboardIn(pathname: string): string {
  return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
}
