import 'server-only';
import { readEnvironment } from './env';

/** The limits that an operator can set. */
export interface Limits {
  readonly requestBytes: number;
  readonly statementCharacters: number;
  readonly shownRowBytes: number;
  readonly writtenRowBytes: number;
}

let read: Limits | undefined;

/**
 * The limits of this server, read once.
 * @throws ConfigurationError naming the invalid variable; startup has already checked them
 */
export function limits(): Limits {
  read ??= limitsOf(readEnvironment());
  return read;
}

/** The limits that these variables set. */
function limitsOf(environment: ReturnType<typeof readEnvironment>): Limits {
  return {
    requestBytes: environment.RINGSIDE_MAX_REQUEST_BYTES,
    statementCharacters: environment.RINGSIDE_MAX_STATEMENT_CHARACTERS,
    shownRowBytes: environment.RINGSIDE_MAX_SHOWN_ROW_BYTES,
    writtenRowBytes: environment.RINGSIDE_MAX_WRITTEN_ROW_BYTES,
  };
}
