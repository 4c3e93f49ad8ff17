import type { ErrorOption } from '@/lib/contract/errors';
import { ApiFailure } from './http';

/** An error as a page shows it: meaning, what to do, and the cause for one click more. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
  readonly detail?: string;
}

/** What to do, where the page calls an option by another name than the API. */
const PAGE_HINTS: Partial<Record<ErrorOption, string>> = {
  'csv.nullText': 'Fill in “Null is written as” under the options of CSV.',
};

/** What to say about anything that was thrown; what is not an {@link ApiFailure} is a fault of the page itself. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof ApiFailure) {
    const { message, detail, option } = error.error;
    const hint = option === undefined ? error.error.hint : (PAGE_HINTS[option] ?? error.error.hint);
    return {
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(detail === undefined ? {} : { detail }),
    };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: 'This page made a mistake.', hint: 'Reload it; the details help to report it.', detail };
}
