import * as z from 'zod/mini';

/**
 * Every way in which Ringside refuses or fails, as one closed list. A `code` is stable and for programs; `message` and
 * `hint` are for people; `detail` is the cause, one click away.
 */
export const ERROR_CODES = [
  'invalid_request',
  'forbidden',
  'forbidden_origin',
  'signed_out',
  'sign_in_refused',
  'sign_in_needed',
  'too_many_attempts',
  'not_found',
  'read_only',
  'audit_unavailable',
  'limit_reached',
  'too_many_reads',
  'confirmation_required',
  'approval_required',
  'syntax_error',
  'invalid_statement',
  'unauthorized',
  'authentication_failed',
  'already_exists',
  'cluster_unreachable',
  'tls_failed',
  'not_enough_replicas',
  'read_timeout',
  'write_timeout',
  'request_timeout',
  'read_failure',
  'write_failure',
  'function_failure',
  'overloaded',
  'bootstrapping',
  'not_prepared',
  'truncate_failed',
  'schema_changed',
  'table_truncated',
  'ranges_failed',
  'cursor_refused',
  'malformed_response',
  'disk_full',
  'storage_failed',
  'server_error',
  'server_stopping',
  'internal_error',
  'version_conflict',
  'spark_failed',
  'address_refused',
  'cluster_changed',
] as const;

export const errorCodeSchema = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Where in a statement the error is: 1-based line, 0-based column, as Cassandra counts them. */
const errorPositionSchema = z.object({ line: z.int(), column: z.int() });

/** Request options that can lift a refusal, by their API names. */
const ERROR_OPTIONS = ['allowFiltering', 'csv.nullText', 'consistency'] as const;
export type ErrorOption = (typeof ERROR_OPTIONS)[number];

export const apiErrorSchema = z.object({
  code: errorCodeSchema,
  message: z.string(),
  hint: z.optional(z.string()),
  detail: z.optional(z.string()),
  position: z.optional(errorPositionSchema),
  /** The option that would help; the page and the command line show their own name for it. */
  option: z.optional(z.enum(ERROR_OPTIONS)),
  retryable: z.boolean(),
  /** Of the request that failed, as the server's log has it. */
  requestId: z.optional(z.string()),
});
export type ApiError = z.infer<typeof apiErrorSchema>;

/** The body of every unsuccessful response that is not a stream. */
export const errorBodySchema = z.object({ error: apiErrorSchema });
