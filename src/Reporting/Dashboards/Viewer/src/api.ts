import type { DashboardDefinition, DashboardSummary, QueryResult, TimeRange, Variable, Variables } from "./types";

/** An answer of the server that is no success; the message is meant for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch("api/" + path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      signal: signal ?? null,
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new ApiError(0, "The server can't be reached. Is it running?");
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  const text = await response.text();
  throw new ApiError(response.status, messageIn(text) ?? `The server answered ${response.status}.`);
}

function messageIn(text: string): string | undefined {
  try {
    return JSON.parse(text)?.error?.message;
  } catch {
    return undefined;
  }
}

const path = (uid: string) => "dashboards/" + encodeURIComponent(uid);

export const listDashboards = () => ask<DashboardSummary[]>("dashboards");

export const getDashboard = (uid: string) => ask<DashboardDefinition>(path(uid));

export const getVariables = (uid: string, range: TimeRange, variables: Variables, signal?: AbortSignal) =>
  ask<Variable[]>(path(uid) + "/variables", { ...range, variables }, signal);

export const runQuery = (
  uid: string,
  query: { panelId: number; refId: string; maxDataPoints: number; variables: Variables } & TimeRange,
  signal: AbortSignal,
) => ask<QueryResult>(path(uid) + "/query", query, signal);

export const signIn = (key: string) => ask<void>("sign-in", { key });

export const signOut = () => ask<void>("sign-out", {});
