import { readFileSync } from 'node:fs';

/** How many of a log's last lines are shown with a problem: enough for a Java exception and its cause. */
const TAIL_LINES = 25;
const SHOWN_LINE_CHARACTERS = 240;

/**
 * Something the user can fix: what happened, and what to do about it. Every failure that the scripts expect is one of
 * these; anything else is a bug and keeps its stack.
 */
export class Problem extends Error {
  /**
   * @param {string} what what happened, as a sentence
   * @param {string} todo what the reader can do, as one or more sentences or lines
   * @param {{ logPath?: string | undefined, cause?: unknown }} [evidence] a log whose end is shown, and the underlying error
   */
  constructor(what, todo, evidence = {}) {
    super(what, evidence.cause === undefined ? {} : { cause: evidence.cause });
    this.name = 'Problem';
    this.todo = todo;
    this.logPath = evidence.logPath;
  }
}

/**
 * The last lines of a text file; empty if it does not exist.
 * @param {string} path
 * @param {number} [lines]
 * @returns {string[]}
 */
export function tail(path, lines = TAIL_LINES) {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines);
  } catch {
    return [];
  }
}

/**
 * A failure as text for the terminal: what happened, why, the end of the log with its path, and what to do.
 * @param {unknown} error
 * @returns {string}
 */
export function explain(error) {
  if (!(error instanceof Problem)) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const lines = [`✗ ${error.message}`];
  const cause = causeOf(error);
  if (cause !== '') lines.push(`  because: ${cause}`);
  if (error.logPath !== undefined) {
    const end = tail(error.logPath);
    if (end.length > 0)
      lines.push(
        `  the end of ${error.logPath}:`,
        ...end.map((line) => `    │ ${line.slice(0, SHOWN_LINE_CHARACTERS)}`),
      );
  }
  lines.push(...error.todo.split('\n').map((line) => `  → ${line}`));
  return lines.join('\n');
}

/**
 * The chain of causes in one line: fetch, for example, hides the real reason one level down.
 * @param {Error} error
 * @returns {string}
 */
function causeOf(error) {
  /** @type {string[]} */
  const reasons = [];
  let cause = error.cause;
  while (cause instanceof Error) {
    reasons.push(cause.message);
    cause = cause.cause;
  }
  if (cause !== undefined) reasons.push(String(cause));
  return reasons.join(': ');
}
