import { format } from 'node:util';

/**
 * What this process logs, by the framework and the application too: everything goes through `console`. Lines carry the id
 * of the request that they belong to, which the page shows with the error. Of an error only name, message, code, stack and
 * causes are written: its other properties can hold what somebody sent.
 */

/** lib/telemetry/request-scope.ts keeps it under the same name, because it is bundled. */
const SCOPE = Symbol.for('ringside.request-scope');

/** Causes of causes, at most. */
const MOST_CAUSES = 5;

/** @typedef {'debug' | 'info' | 'warn' | 'error'} Level */

/** @returns {string | undefined} the id of the request that is being answered */
function requestId() {
  return Reflect.get(globalThis, SCOPE)?.getStore();
}

/**
 * Replaces `console`'s functions.
 * @param {'text' | 'json'} form lines for people, or one object of JSON a line
 * @param {Pick<typeof process, 'stdout' | 'stderr'>} [to]
 */
export function installLog(form, to = process) {
  for (const [name, level] of /** @type {const} */ ([
    ['debug', 'debug'],
    ['log', 'info'],
    ['info', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
  ])) {
    const stream = level === 'warn' || level === 'error' ? to.stderr : to.stdout;
    console[name] = (/** @type {unknown[]} */ ...args) => {
      stream.write(`${form === 'json' ? jsonLine(level, args, requestId()) : textOf(args, requestId())}\n`);
    };
  }
}

/**
 * @param {Level} level
 * @param {readonly unknown[]} args as `console.log` takes them; a single object's fields become the line's
 * @param {string | undefined} id of the request
 * @param {Date} [now]
 * @returns {string} without the end of the line
 */
export function jsonLine(level, args, id, now = new Date()) {
  const [first] = args;
  const head = { time: now.toISOString(), level, ...(id === undefined ? {} : { requestId: id }) };
  if (args.length === 1 && isFields(first)) return JSON.stringify({ ...head, ...first });
  const errors = args.filter((arg) => arg instanceof Error);
  const message = format(...args.map((arg) => (arg instanceof Error ? arg.message : arg)));
  return JSON.stringify({ ...head, message, ...(errors[0] === undefined ? {} : { error: factsOf(errors[0]) }) });
}

/**
 * @param {readonly unknown[]} args
 * @param {string | undefined} id of the request
 * @returns {string}
 */
export function textOf(args, id) {
  const text = format(...args.map((arg) => (arg instanceof Error ? traceOf(arg) : arg)));
  return id === undefined ? text : `[request ${id}] ${text}`;
}

/**
 * @param {Error} error
 * @param {number} [depth]
 * @returns {string}
 */
function traceOf(error, depth = 0) {
  const text = error.stack ?? `${error.name}: ${error.message}`;
  const { cause } = error;
  if (!(cause instanceof Error) || depth === MOST_CAUSES) return text;
  return `${text}\nCaused by: ${traceOf(cause, depth + 1)}`;
}

/**
 * @param {Error & { code?: unknown }} error
 * @param {number} [depth]
 * @returns {object}
 */
function factsOf(error, depth = 0) {
  const { name, message, stack, code, cause } = error;
  return {
    ...{ name, message, stack },
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause instanceof Error && depth < MOST_CAUSES ? { cause: factsOf(cause, depth + 1) } : {}),
  };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isFields(value) {
  return typeof value === 'object' && value !== null && !(value instanceof Error) && 'message' in value;
}
