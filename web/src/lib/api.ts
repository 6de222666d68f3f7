/** Asking the server. Answers are the shapes of `api/schema.d.ts`, which is made from the server's OpenAPI. */

export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

const early = new Map<string, Promise<unknown>>();

/** Asks what a screen will ask for, while that is still being loaded. */
export function askAhead(path: string): void {
  const answer = ask(path);
  early.set(path, answer);
  answer.catch(() => {}); // told to who asks for it
}

/** The question for a report: of very many claims the first alone come along. */
export const reportAsked = (id: string) => `/reports/${encodeURIComponent(id)}?claims=60`;

/** The answer of a GET under /api, or what the server says is wrong. `signal` gives the question up. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  const asked = early.get(path);
  if (asked) {
    early.delete(path);
    const answer = (await asked) as T;
    signal?.throwIfAborted();
    return answer;
  }
  return told<T>(await reach(path, { signal: signal ?? null, headers: { accept: "application/json" } }));
}

export async function send<T>(path: string, body: FormData | object): Promise<T> {
  const form = body instanceof FormData;
  const headers: HeadersInit = form ? {} : { "content-type": "application/json" };
  return told<T>(await reach(path, { method: "POST", headers, body: form ? body : JSON.stringify(body) }));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`/api${path}`, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(0, "The server does not answer.", "Is 'thuc serve' still running? Start it again and reload this page.");
  }
}

async function told<T>(answer: Response): Promise<T> {
  if (answer.ok) return (await answer.json()) as T;
  const fault = (await answer.json().catch(() => ({}))) as { error?: string; remedy?: string };
  throw new Refused(answer.status, fault.error ?? `The server answered ${answer.status}.`, fault.remedy ?? "Try again.");
}

/** A page of a list: `next` is the cursor of the page behind it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | null;
}
