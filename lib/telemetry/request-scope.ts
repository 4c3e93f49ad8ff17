import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';

/** Where the web server puts a request's id (server/request-id.mjs), and gives it back to the client. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** server/log.mjs finds the id of a log line's request under the same name. */
const KEY = Symbol.for('ringside.request-scope');

function scope(): AsyncLocalStorage<string> {
  const global = globalThis as { [KEY]?: AsyncLocalStorage<string> };
  global[KEY] ??= new AsyncLocalStorage();
  return global[KEY];
}

/** Runs what answers a request, so that errors and log lines carry its id. @param id null: it has none */
export function inRequest<T>(id: string | null, run: () => T): T {
  return id === null ? run() : scope().run(id, run);
}

/** The id of the request that is being answered; undefined outside of one. */
export function requestId(): string | undefined {
  return scope().getStore();
}

/** Runs functions in the request of now, wherever they are called: a stream is pulled from outside of it. */
export function inThisRequest(): <T>(run: () => T) => T {
  const id = requestId() ?? null;
  return (run) => inRequest(id, run);
}
