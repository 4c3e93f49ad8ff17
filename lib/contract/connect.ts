import * as z from 'zod/mini';

/**
 * The Connect page's Test. It carries only what was typed there: secrets by value, never by reference, so that the page
 * cannot make the server read its files or variables; TLS files are sent as PEM text.
 */
export const connectTestRequestSchema = z.strictObject({
  contactPoints: z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(16)),
  port: z._default(z.int().check(z.minimum(1), z.maximum(65_535)), 9042),
  localDatacenter: z.optional(z.string()),
  username: z.optional(z.string()),
  password: z.optional(z.string()),
  tls: z._default(
    z.nullable(
      z.strictObject({
        caPem: z.optional(z.string()),
        certPem: z.optional(z.string()),
        keyPem: z.optional(z.string()),
        serverName: z.optional(z.string()),
        verify: z._default(z.boolean(), true),
      }),
    ),
    null,
  ),
});
export type ConnectTestRequest = z.input<typeof connectTestRequestSchema>;

export const CONNECT_STEPS = ['ssh', 'dns', 'tcp', 'tls', 'login', 'datacenter'] as const;

export const connectTestResponseSchema = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(CONNECT_STEPS),
      status: z.enum(['ok', 'failed', 'skipped']),
      message: z.string(),
      hint: z.optional(z.string()),
      elapsedMs: z.number(),
    }),
  ),
  release: z.nullable(z.string()),
  clusterName: z.nullable(z.string()),
  datacenters: z.array(z.string()),
});
export type ConnectTestResponse = z.infer<typeof connectTestResponseSchema>;

/** A cqlshrc as text, converted into fields of the Connect page. */
export const cqlshrcRequestSchema = z.strictObject({ text: z.string().check(z.maxLength(100_000)) });
export const cqlshrcResponseSchema = z.object({
  connection: connectTestRequestSchema,
  /** Settings in the file that Ringside ignores, and why. */
  notes: z.array(z.string()),
});
