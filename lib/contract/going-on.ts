import type { ApiError, ErrorCode } from './errors';

const FINAL: ReadonlySet<ErrorCode> = new Set([
  // What was read and what is there now are not of one table.
  'cursor_refused',
  'schema_changed',
  'table_truncated',
  // The same request meets the same rows: a value that the format cannot hold, a function that fails, broken bytes.
  'invalid_request',
  'malformed_response',
  'syntax_error',
  'invalid_statement',
  'function_failure',
  // An application of Spark cannot go on where it stopped.
  'spark_failed',
]);

/** False for what fails again however often it is resumed. */
export function canGoOn(error: Pick<ApiError, 'code'> | null): boolean {
  return error === null || !FINAL.has(error.code);
}
