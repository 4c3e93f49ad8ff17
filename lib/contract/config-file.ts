import * as z from 'zod/mini';
import { auditConfigSchema } from './audit';
import { clusterConfigSchema } from './configuration';
import { listedSecretsSchema, secretFaults } from './listed-secrets';
import { networksSchema } from './networks';
import { roleConfigSchema } from './rights';
import { webhookNameSchema } from './schedules';
import { signInConfigSchema } from './sign-in';
import { sparkMasterSchema } from './spark-master';

/** The whole of `ringside.config.json`. For the server: the page that connects a cluster needs the cluster's part alone. */

/** Files that are loaded into tables. */
const loadSchema = z.strictObject({
  /** Directories on the server whose files may be loaded, with all that is in them. */
  directories: z._default(
    z.array(z.string().check(z.refine((path) => path.startsWith('/'), 'write the whole path, from /'))),
    [],
  ),
  /** Space for uploaded files, those of jobs included. */
  uploadGb: z._default(z.number().check(z.minimum(0), z.maximum(1_000_000)), 20),
});

/** `https:`, or `http:` to this machine. Without a login: an address with one is easily logged. */
const webhookUrlSchema = z
  .string()
  .check(
    z.regex(
      /^(https:\/\/[^\s/@?#]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?)([/?]\S*)?$/,
      'a webhook’s address begins with https://, or with http:// and this machine (127.0.0.1, [::1] or localhost), and has no login',
    ),
  );

/** Where jobs on Spark run. */
export const sparkConfigSchema = z.strictObject({
  master: z._default(sparkMasterSchema, 'local[*]'),
  /** Path of spark-submit; otherwise it is looked for. */
  submit: z.optional(z.string().check(z.minLength(1))),
  /** The REST submission of a standalone master, instead of spark-submit on this machine. */
  rest: z.optional(z.string().check(z.regex(/^https?:\/\/[A-Za-z0-9.:-]+$/, 'an address such as http://master:6066'))),
  /** Of the Spark cluster, for estimates. */
  cores: z.optional(z.int().check(z.minimum(1), z.maximum(100_000))),
  /** Directories and addresses that jobs of this server may read and write; what is below them too. */
  paths: z._default(z.array(z.string().check(z.minLength(1))), []),
  /** More settings of Spark, such as `spark.driver.host` or the credentials of an object store. */
  properties: z._default(z.record(z.string().check(z.regex(/^spark\.[\w.-]+$/)), z.string()), {}),
});
export type SparkConfig = z.infer<typeof sparkConfigSchema>;

export const configFileSchema = z
  .strictObject({
    $schema: z.optional(z.string()),
    clusters: z.array(clusterConfigSchema),
    /** The folder of saved statements. */
    statements: z.optional(z.string().check(z.minLength(1))),
    load: z.optional(loadSchema),
    /** Where schedules report their runs, by the name that they use. The address may hold a token: only this file has it. */
    webhooks: z.optional(z.record(webhookNameSchema, webhookUrlSchema)),
    spark: z.optional(sparkConfigSchema),
    networks: z.optional(networksSchema),
    /** The only secrets that the page can refer to. */
    secrets: z.optional(listedSecretsSchema),
    /** Without it everybody who reaches Ringside is the same person, and only this machine may reach it. */
    signIn: z.optional(signInConfigSchema),
    /** Who did what. Without it: on where people sign in, off elsewhere. */
    audit: z.optional(z.union([z.literal(false), auditConfigSchema])),
    /** Who may do what. Where people sign in, nobody may do anything without a role. */
    roles: z.optional(z.array(roleConfigSchema).check(z.minLength(1, 'write at least one role'))),
    /** TLS of Ringside's own server, which reads this by itself (server/own-tls.mjs): paths of PEM files. */
    tls: z.optional(
      z.strictObject({
        cert: z.string().check(z.minLength(1)),
        key: z.string().check(z.minLength(1)),
        /** Intermediate certificates that are not in the file of the certificate. */
        ca: z.optional(z.string().check(z.minLength(1))),
      }),
    ),
  })
  .check(
    z.refine(({ signIn, roles }) => signIn === undefined || roles !== undefined, {
      path: ['roles'],
      message: 'signIn needs roles: without one, nobody who signs in may do anything',
    }),
    z.refine(({ signIn, roles }) => signIn !== undefined || roles === undefined, {
      path: ['roles'],
      message: 'roles need signIn: without it, Ringside does not know who asks',
    }),
    z.refine(({ roles = [] }) => new Set(roles.map(({ name }) => name)).size === roles.length, {
      path: ['roles'],
      message: 'two roles have the same name',
    }),
    z.refine(({ clusters }) => new Set(clusters.map(({ name }) => name)).size === clusters.length, {
      path: ['clusters'],
      message: 'two clusters have the same name',
    }),
    z.check(({ value: { clusters, signIn }, issues }) => {
      for (const [at, name] of (signIn?.cassandra?.clusters ?? []).entries()) {
        if (clusters.some((cluster) => cluster.name === name)) continue;
        const path = ['signIn', 'cassandra', 'clusters', at];
        issues.push({ code: 'custom', input: name, path, message: `there is no cluster “${name}” in clusters` });
      }
    }),
    z.check(({ value: { clusters, signIn, secrets = {} }, issues }) => {
      for (const [at, cluster] of clusters.entries()) {
        if (cluster.approval !== undefined && signIn === undefined) {
          const message = 'approval needs signIn: without it, Ringside cannot tell a second person from the first';
          issues.push({ code: 'custom', input: cluster, path: ['clusters', at, 'approval'], message });
        }
        if (cluster.approval !== undefined && !cluster.writes) {
          const message = 'approval needs writes: true: a read-only cluster takes no change that could be approved';
          issues.push({ code: 'custom', input: cluster, path: ['clusters', at, 'approval'], message });
        }
        for (const { key, message } of secretFaults(cluster, secrets)) {
          issues.push({ code: 'custom', input: cluster, path: ['clusters', at, key], message });
        }
      }
    }),
  );
