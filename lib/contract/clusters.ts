import { z } from 'zod';
import { consistencySchema } from './common';
import { apiErrorSchema } from './errors';

/** A configured cluster, as the browser may know it: no address, no secret. */
export const clusterSummarySchema = z.object({
  name: z.string(),
  label: z.string(),
  /** A CSS colour, shown with the label wherever the cluster is in view; null: none chosen. */
  colour: z.string().nullable(),
  readOnly: z.boolean(),
  consistency: consistencySchema,
  pageRows: z.number().int(),
});
export type ClusterSummary = z.infer<typeof clusterSummarySchema>;

export const clustersResponseSchema = z.object({ clusters: z.array(clusterSummarySchema) });

/** How far the demo data has been loaded; absent when this server does not load any. */
export const demoProgressSchema = z.object({
  state: z.enum(['waiting', 'loading', 'done', 'failed']),
  keyspace: z.string().optional(),
  table: z.string().optional(),
  rows: z.number().optional(),
  total: z.number().optional(),
  rowsPerSecond: z.number().optional(),
  message: z.string().optional(),
});
export type DemoProgress = z.infer<typeof demoProgressSchema>;

export const clusterHealthSchema = z.object({
  name: z.string(),
  status: z.enum(['connected', 'connecting', 'unreachable', 'idle']),
  release: z.string().nullable(),
  nodesUp: z.number().int().nullable(),
  nodesTotal: z.number().int().nullable(),
  error: apiErrorSchema.optional(),
});
export type ClusterHealth = z.infer<typeof clusterHealthSchema>;

export const healthResponseSchema = z.object({
  status: z.literal('alive'),
  version: z.string(),
  clusters: z.array(clusterHealthSchema),
  demo: demoProgressSchema.optional(),
});
export type HealthResponse = z.infer<typeof healthResponseSchema>;

/** The TLS part of a cluster's configuration. `verify` false is the person's explicit choice, never the default. */
export const tlsConfigSchema = z
  .object({
    ca: z.string().optional().describe('path of a PEM file with the certificate authorities to trust'),
    cert: z.string().optional().describe('path of a PEM file with the client certificate'),
    key: z.string().optional().describe("path of a PEM file with the client certificate's key"),
    serverName: z.string().optional().describe('name to expect in the server certificate'),
    verify: z.boolean().default(true),
  })
  .strict();

const clusterNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'a cluster name is lower-case letters, digits, - and _ (it stands in URLs)')
  .refine((name) => name !== 'connect' && name !== 'api', 'this name is taken by a page of Ringside: choose another');

/** A secret itself, or where to find it: a file's path or an environment variable's name. */
const secretSchema = z.union([
  z.string(),
  z.object({ file: z.string() }).strict(),
  z.object({ env: z.string() }).strict(),
]);

/** One cluster in `ringside.config.json`. */
export const clusterConfigSchema = z
  .object({
    name: clusterNameSchema,
    label: z.string().optional(),
    colour: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, 'a colour is # and six hex digits, such as #c62828')
      .optional(),
    contactPoints: z.array(z.string().min(1)).min(1, 'name at least one node'),
    port: z.number().int().min(1).max(65_535).default(9042),
    localDatacenter: z.string().optional(),
    username: secretSchema.optional(),
    password: secretSchema.optional(),
    tls: z.union([z.boolean(), tlsConfigSchema]).optional(),
    addressMap: z
      .record(z.string(), z.string())
      .optional()
      .describe('for tunnels and NAT: address as the cluster knows it (host or host:port) → address to connect to'),
    consistency: consistencySchema.default('LOCAL_ONE'),
    pageRows: z.number().int().min(1).max(10_000).default(1_000),
    writes: z.boolean().default(false),
  })
  .strict();
export type ClusterConfig = z.infer<typeof clusterConfigSchema>;
export type ClusterConfigInput = z.input<typeof clusterConfigSchema>;

export const configFileSchema = z
  .object({ $schema: z.string().optional(), clusters: z.array(clusterConfigSchema) })
  .strict()
  .refine(({ clusters }) => new Set(clusters.map(({ name }) => name)).size === clusters.length, {
    path: ['clusters'],
    message: 'two clusters have the same name',
  });

/**
 * The Connect page's Test. Only what a person typed on the page: secrets by value, never by reference, so that the
 * page cannot make the server read its files or variables; TLS files are given as PEM text.
 */
export const connectTestRequestSchema = z
  .object({
    contactPoints: z.array(z.string().min(1)).min(1).max(16),
    port: z.number().int().min(1).max(65_535).default(9042),
    localDatacenter: z.string().optional(),
    username: z.string().optional(),
    password: z.string().optional(),
    tls: z
      .object({
        caPem: z.string().optional(),
        certPem: z.string().optional(),
        keyPem: z.string().optional(),
        serverName: z.string().optional(),
        verify: z.boolean().default(true),
      })
      .strict()
      .nullable()
      .default(null),
  })
  .strict();
export type ConnectTestRequest = z.input<typeof connectTestRequestSchema>;

export const CONNECT_STEPS = ['dns', 'tcp', 'tls', 'login', 'datacenter'] as const;

export const connectTestResponseSchema = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      step: z.enum(CONNECT_STEPS),
      status: z.enum(['ok', 'failed', 'skipped']),
      message: z.string(),
      hint: z.string().optional(),
      elapsedMs: z.number(),
    }),
  ),
  release: z.string().nullable(),
  clusterName: z.string().nullable(),
  datacenters: z.array(z.string()),
});
export type ConnectTestResponse = z.infer<typeof connectTestResponseSchema>;

/** A cqlshrc as text, turned into what the Connect page can fill in. */
export const cqlshrcRequestSchema = z.object({ text: z.string().max(100_000) }).strict();
export const cqlshrcResponseSchema = z.object({
  connection: connectTestRequestSchema,
  /** What the file says that Ringside does not take over, and why. */
  notes: z.array(z.string()),
});
