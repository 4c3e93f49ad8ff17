import * as z from 'zod/mini';
import { defaultConsistencySchema, pageRowsSchema } from './common';
import { listedSecretSchema } from './secret';

/** The configuration of clusters, as the page shows and changes it. It never has a secret. */

/** A user name or password. `kept`: as the file has it, which the page may keep but not see. */
const loginSchema = z.union([z.literal('kept'), z.literal('none'), listedSecretSchema]);

/** A cluster as the page describes it. Keys of the file that the page does not have stay as they are. */
const clusterEditSchema = z.strictObject({
  name: z.string(),
  /** Not in the file yet. */
  isNew: z.boolean(),
  disabled: z.boolean(),
  label: z.optional(z.string()),
  colour: z.optional(z.string()),
  contactPoints: z.array(z.string()).check(z.maxLength(64)),
  port: z.int(),
  localDatacenter: z.optional(z.string()),
  username: z.union([loginSchema, z.strictObject({ text: z.string() })]),
  password: loginSchema,
  /** Null: without TLS. Certificates and keys of the file stay. */
  tls: z.nullable(z.strictObject({ serverName: z.optional(z.string()), verify: z.boolean() })),
  consistency: defaultConsistencySchema,
  pageRows: pageRowsSchema,
  writes: z.boolean(),
});
export type ClusterEdit = z.infer<typeof clusterEditSchema>;

export const editRequestSchema = z.strictObject({ cluster: clusterEditSchema });
/** `revision`: of the file that the person saw. */
export const saveRequestSchema = z.strictObject({ cluster: clusterEditSchema, revision: z.string() });

const changeSchema = z.object({
  name: z.string(),
  what: z.enum(['added', 'removed', 'adjusted', 'reconnected']),
  isNowReadOnly: z.boolean(),
});

/** What saving would write, to the letter; a password that stands in the file is not shown. */
export const editPlanSchema = z.object({
  path: z.string(),
  revision: z.string(),
  /** The text of the cluster in the file; null: it is added. */
  before: z.nullable(z.string()),
  after: z.string(),
  /** What it does to the clusters that are in use. */
  changes: z.array(changeSchema),
});
export type EditPlan = z.infer<typeof editPlanSchema>;

export const configurationSchema = z.object({
  /** Where the clusters come from: a file, a variable of the environment, or nowhere yet. */
  from: z.enum(['file', 'none', 'RINGSIDE_CLUSTERS', 'RINGSIDE_CONTACT_POINTS']),
  /** Null: there is no file. */
  path: z.nullable(z.string()),
  /** Why the page cannot change it; null: it can. */
  fixed: z.nullable(z.string()),
  /** Null where there is no file. */
  revision: z.nullable(z.string()),
  /** Why the file as it is now is not used, and since when; null: it is used. */
  invalid: z.nullable(z.object({ message: z.string(), since: z.string() })),
  /** Keys of the file that changed since Ringside started, and take effect at its next start. */
  waiting: z.array(z.string()),
  /** As the page would send them back. */
  clusters: z.array(clusterEditSchema),
  secrets: z.array(z.object({ name: z.string(), contactPoints: z.array(z.string()) })),
  networks: z.object({ allow: z.nullable(z.array(z.string())), deny: z.array(z.string()) }),
});
export type ConfigurationView = z.infer<typeof configurationSchema>;
