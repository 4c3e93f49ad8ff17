import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import { canGoOn } from '@/lib/contract/going-on';
import { ConfigurationError } from '@/lib/env';
import { exportFailure } from '@/lib/export/failures';
import { UsageError } from './usage';

/** Exit statuses. After a signal it is 128 plus the signal's number, as in shells. */
export const COMPLETE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
/** Everything was compared, and something differs. */
const DIFFERENT = 3;
/** The reader of standard output went away: the status of programs killed by SIGPIPE. */
const NO_READER = 141;

export const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type EndingSignal = keyof typeof SIGNALS;

/** The reason of an abort: a signal stopped the command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly by: EndingSignal) {
    super(`stopped by ${by}`);
  }
}

/** The reader of standard output is gone. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** A comparison that ran to its end found rows that are not the same. */
export class TablesDiffer extends Error {
  override readonly name = 'TablesDiffer';
}

export function exitStatus(error: unknown): number {
  if (error instanceof Interrupted) return SIGNALS[error.by];
  if (error instanceof ReaderGone) return NO_READER;
  if (error instanceof TablesDiffer) return DIFFERENT;
  return error instanceof UsageError || error instanceof ConfigurationError ? WRONG_USAGE : FAILED;
}

/**
 * What went wrong, as lines for the terminal. Empty if the reader went away: it already knows.
 * @param aftermathOf what happened to the file, and what to do
 * @param hasQuery the conditions are part of a whole statement, not of --where
 */
export function explainEnd(
  error: unknown,
  aftermathOf: (canGoOn: boolean) => readonly string[],
  hasQuery = false,
): string[] {
  const aftermath = aftermathOf(isResumable(error));
  if (error instanceof ReaderGone) return [];
  if (error instanceof TablesDiffer) return [`✗ ${error.message}`];
  if (error instanceof UsageError || error instanceof ConfigurationError) {
    return [`✗ ${error.message}`, ...aftermath.map((line) => `  → ${line}`)];
  }
  if (error instanceof Interrupted) return [`✗ Stopped (${error.by}).`, ...aftermath.map((line) => `  → ${line}`)];
  const failure = exportFailure(error).error;
  const { message, detail } = failure;
  const hint = hintOf(failure, hasQuery);
  return [
    `✗ ${message}`,
    ...(detail === undefined || message.includes(detail) ? [] : detail.split('\n').map((line) => `  │ ${line}`)),
    ...(hint === undefined ? [] : [`  → ${hint}`]),
    ...aftermath.map((line) => `  → ${line}`),
  ];
}

/** False if another run would fail the same way. An export that was stopped, or ran out of disk, can be resumed. */
function isResumable(error: unknown): boolean {
  return error instanceof Interrupted || error instanceof ReaderGone || canGoOn(exportFailure(error).error);
}

/** What to do, with command-line options in place of the API's. */
function hintOf({ code, message, hint, option }: ApiError, hasQuery: boolean): string | undefined {
  if (option === 'csv.nullText') return 'Pass --null TEXT, such as --null NULL.';
  if (code === 'not_found')
    return 'Names fold to lower case unless they are in "quotes", and the quotes must survive the shell.';
  if (code === 'cluster_unreachable')
    return 'Check that the nodes are up, and check --contact-points, --port and the firewall.';
  // With --query the statement itself must allow it.
  if (!hasQuery && (option === 'allowFiltering' || (option === undefined && message.includes('use ALLOW FILTERING')))) {
    return 'Add what is missing, remove a condition, or pass --allow-filtering, which reads more rows than it returns.';
  }
  return hint;
}
