import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import { canGoOn } from '@/lib/contract/going-on';
import { ConfigurationError } from '@/lib/env';
import { exportFailure } from '@/lib/export/failures';
import { UsageError } from './usage';

/** Exit statuses. What a signal ended has 128 and the signal's number, as shells have it. */
export const COMPLETE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
/** The reader of standard output went away: what SIGPIPE does to other programs. */
const NO_READER = 141;

export const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type EndingSignal = keyof typeof SIGNALS;

/** The reason of an abort: somebody asked the command to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly by: EndingSignal) {
    super(`stopped by ${by}`);
  }
}

/** Whoever read standard output does so no more. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

export function exitStatus(error: unknown): number {
  if (error instanceof Interrupted) return SIGNALS[error.by];
  if (error instanceof ReaderGone) return NO_READER;
  return error instanceof UsageError || error instanceof ConfigurationError ? WRONG_USAGE : FAILED;
}

/**
 * What went wrong, for the terminal; a line each. Empty where nothing is to be said: a reader that went away knows.
 * @param aftermathOf what has become of the file, and what can be done
 * @param hasQuery the conditions stand in a whole statement, not in --where
 */
export function explainEnd(
  error: unknown,
  aftermathOf: (canGoOn: boolean) => readonly string[],
  hasQuery = false,
): string[] {
  const aftermath = aftermathOf(isResumable(error));
  if (error instanceof ReaderGone) return [];
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

/** False where the next run would meet the same. What somebody ended, or the disk refused, can go on. */
function isResumable(error: unknown): boolean {
  return error instanceof Interrupted || error instanceof ReaderGone || canGoOn(exportFailure(error).error);
}

/** What to do, in the words of a command line where those of the API do not fit. */
function hintOf({ code, message, hint, option }: ApiError, hasQuery: boolean): string | undefined {
  if (option === 'csv.nullText') return 'Say --null TEXT, such as --null NULL.';
  if (code === 'not_found')
    return 'Names fold to lower case unless they stand in "quotes", which the shell must leave.';
  if (code === 'cluster_unreachable')
    return 'Are the nodes up, and are --contact-points, --port and the firewall right?';
  // The statement of --query says it itself.
  if (!hasQuery && (option === 'allowFiltering' || (option === undefined && message.includes('use ALLOW FILTERING')))) {
    return 'Add what is missing or take a condition away, or say --allow-filtering, which reads more rows than it returns.';
  }
  return hint;
}
