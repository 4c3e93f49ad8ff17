import * as z from 'zod/mini';
import { DEFAULT_PAGE_ROWS, defaultConsistencySchema, pageRowsSchema } from './common';
import { listedSecretSchema, secretSchema } from './secret';
import { tunnelSchema } from './tunnel';

/** The TLS part of a cluster's configuration. `verify: false` is always an explicit choice, never the default. */
const tlsConfigSchema = z.strictObject({
  /** Path to a PEM file with the certificate authorities to trust. */
  ca: z.optional(z.string()),
  /** Path to a PEM file with the client certificate. */
  cert: z.optional(z.string()),
  /** Path to a PEM file with the client certificate's key. */
  key: z.optional(z.string()),
  /** Name to expect in the server certificate. */
  serverName: z.optional(z.string()),
  verify: z._default(z.boolean(), true),
});

const clusterNameSchema = z.string().check(
  z.regex(
    /^[a-z0-9][a-z0-9_-]{0,62}$/,
    'a cluster name has only lower-case letters, digits, - and _ (it is used in URLs)',
  ),
  z.refine(
    (name) => !['api', 'connect', 'healthz', 'metrics', 'readyz', 'sign-in'].includes(name),
    'this name is used by one of Ringside’s own pages: choose another',
  ),
);

export const DEFAULT_PORT = 9042;
const MEBIBYTE = 1024 * 1024;
/** Kind to a node with a 512 MB heap; a single export seldom has more than 6 MiB in flight. */
const DEFAULT_READS = { bytes: 16 * MEBIBYTE, pages: 32 };

/** What all reads of a cluster together may have in flight. */
const readsSchema = z.strictObject({
  /** Expected bytes of the pages. */
  bytes: z._default(z.int().check(z.minimum(MEBIBYTE), z.maximum(4_096 * MEBIBYTE)), DEFAULT_READS.bytes),
  pages: z._default(z.int().check(z.minimum(1), z.maximum(1_024)), DEFAULT_READS.pages),
});

const metricsUrlSchema = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s@]+$/, 'an address begins with http:// or https:// and has no login'));

/** Where each node's metrics are, as Prometheus text: one address with `{host}` in it, or one by node. */
const metricsSchema = z.union([
  metricsUrlSchema.check(
    z.regex(/^https?:\/\/\{host\}(:\d+)?(\/|$)/, 'the host of the address is {host}, which each node’s own replaces'),
  ),
  z.record(z.string(), metricsUrlSchema),
]);

/** Which changes need a second person, and for how long each step lasts. */
const approvalConfigSchema = z.strictObject({
  /** `write`: rows; `ddl`: the schema; `admin`: roles and permissions. */
  for: z._default(z.array(z.enum(['write', 'ddl', 'admin'])).check(z.minLength(1, 'name at least one')), [
    ...['write' as const, 'ddl' as const, 'admin' as const],
  ]),
  /** A request that nobody has decided on expires. */
  waitHours: z._default(z.int().check(z.minimum(1), z.maximum(720)), 24),
  /** An approved one that was not run expires. */
  runMinutes: z._default(z.int().check(z.minimum(1), z.maximum(10_080)), 60),
  /** The longest emergency pass; 0: there are none. */
  passMinutes: z._default(z.int().check(z.minimum(0), z.maximum(1_440)), 60),
});
export type ApprovalConfig = z.infer<typeof approvalConfigSchema>;

/** One cluster in `ringside.config.json`. */
export const clusterConfigSchema = z.strictObject({
  name: clusterNameSchema,
  label: z.optional(z.string()),
  colour: z.optional(
    z.string().check(z.regex(/^#[0-9a-fA-F]{6}$/, 'a colour is # and six hex digits, such as #c62828')),
  ),
  contactPoints: z.array(z.string().check(z.minLength(1))).check(z.minLength(1, 'name at least one node')),
  port: z._default(z.int().check(z.minimum(1), z.maximum(65_535)), DEFAULT_PORT),
  localDatacenter: z.optional(z.string()),
  username: z.optional(z.union([secretSchema, listedSecretSchema])),
  password: z.optional(z.union([secretSchema, listedSecretSchema])),
  tls: z.optional(z.union([z.boolean(), tlsConfigSchema])),
  /** For tunnels and NAT: the address the cluster announces (host or host:port) → the address to connect to. */
  addressMap: z.optional(z.record(z.string(), z.string())),
  /** An SSH host through which all nodes are reached. */
  tunnel: z.optional(tunnelSchema),
  consistency: z._default(defaultConsistencySchema, 'LOCAL_ONE'),
  pageRows: z._default(pageRowsSchema, DEFAULT_PAGE_ROWS),
  reads: z._default(readsSchema, DEFAULT_READS),
  writes: z._default(z.boolean(), false),
  /** The largest frame a node may send, in MiB; a larger one closes its connection. 256 is the protocol's own limit. */
  maxFrameMb: z._default(z.int().check(z.minimum(1), z.maximum(1024)), 256),
  metrics: z.optional(metricsSchema),
  /** Changes wait for somebody else's approval. Needs signIn. */
  approval: z.optional(approvalConfigSchema),
  /** As if it were not listed, but its settings stay. */
  disabled: z.optional(z.boolean()),
});
export type ClusterConfig = z.infer<typeof clusterConfigSchema>;
export type ClusterConfigInput = z.input<typeof clusterConfigSchema>;
