import type { ErrorOption } from '@/lib/contract/errors';
import { errorDetail } from './error-detail';
import { ApiFailure } from './http';

/** An error as a page shows it: what happened, what to do, and the cause one click away. */
export interface ErrorText {
  readonly message: string;
  readonly hint?: string;
  readonly detail?: string;
}

/** Hints for options that have one name on the page and another in the API. */
const PAGE_HINTS: Partial<Record<ErrorOption, string>> = {
  'csv.nullText': 'Fill in “Null is written as” under the options of CSV.',
};

/** The text for anything thrown; anything but an {@link ApiFailure} is a bug in the page itself. */
export function errorText(error: unknown): ErrorText {
  if (error instanceof ApiFailure) {
    const { message, option } = error.error;
    const detail = errorDetail(error.error);
    const hint = option === undefined ? error.error.hint : (PAGE_HINTS[option] ?? error.error.hint);
    return {
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(detail === undefined ? {} : { detail }),
    };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    message: 'Something went wrong on this page.',
    hint: 'Reload it. To report it, include the details.',
    detail,
  };
}
