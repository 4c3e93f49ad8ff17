import * as z from 'zod/mini';
import { MOST_MUTE_DAYS } from './mute-days';

/** `danger`: rows cannot be read or written, or may be lost; `warn`: something is wrong; `notice`: worth a decision. */
const SEVERITIES = ['danger', 'warn', 'notice'] as const;
const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;

const UNITS = ['bytes', 'MiB', 'ms', 'share', 'count'] as const;

/** One fact that a finding rests on. */
const evidenceSchema = z.object({
  what: z.string(),
  value: z.union([z.string(), z.number()]),
  /** Of a number; null for text. `share`: 0 to 1. */
  unit: z.nullable(z.enum(UNITS)),
  /** The node that said it; null: computed from several, or from the schema. */
  node: z.nullable(z.string()),
  /** When it was read, ISO 8601 UTC. */
  at: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Something about the cluster that a person should know, with all that it takes to check it. */
const findingSchema = z.object({
  /** Stays the same while the same thing is found: its kind, and what it is about. */
  id: z.string(),
  kind: z.string(),
  severity: severitySchema,
  title: z.string(),
  /** Never empty. */
  evidence: z.array(evidenceSchema),
  /** From where on it is a finding, and who says so. */
  threshold: z.object({ text: z.string(), source: z.string() }),
  meaning: z.string(),
  action: z.string(),
  /** Shows the evidence. Node-local tables answer for the node that is asked. */
  statement: z.string(),
  /** What Ringside cannot know about it over CQL; null: nothing that matters. */
  blindSpot: z.nullable(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

/** What could not be read, from which nodes, and what would help. */
export const unknownFactSchema = z.object({
  what: z.string(),
  why: z.string(),
  nodes: z.array(z.string()),
  /** A statement that permits it; null where no permission is missing. */
  grant: z.nullable(z.string()),
});
export type UnknownFact = z.infer<typeof unknownFactSchema>;

/** A node that does not answer: unknown, not down. */
export const silentNodeSchema = z.object({
  node: z.string(),
  /** Its last answer, ISO 8601 UTC; null: none since Ringside began to ask. */
  lastAnswerAt: z.nullable(z.string()),
  reason: z.string(),
});
export type SilentNode = z.infer<typeof silentNodeSchema>;

/** How the nodes are asked: for all viewers together. */
export const paceSchema = z.object({
  nodes: z.int(),
  /** How often what moves is read; settings and sizes less often. */
  everyMs: z.int(),
  /** The most statements a minute for all nodes together. */
  statementsPerMinute: z.int(),
});

const muteSchema = z.object({
  /** The finding. */
  id: z.string(),
  reason: z.string(),
  /** Until when, ISO 8601 UTC. */
  until: z.string(),
  by: z.string(),
  at: z.string(),
  /** When it was muted: the finding comes back when it gets worse. */
  severity: severitySchema,
});
export type Mute = z.infer<typeof muteSchema>;
export const muteListSchema = z.array(muteSchema);

export const verdictResponseSchema = z.object({
  /** The worst first. */
  findings: z.array(findingSchema),
  muted: z.array(z.object({ finding: findingSchema, mute: muteSchema })),
  /** Findings beyond the most that are sent. */
  notShown: z.int(),
  unknown: z.array(unknownFactSchema),
  silent: z.array(silentNodeSchema),
  nodes: z.int(),
  pace: paceSchema,
  asOf: z.string(),
});
export type Verdict = z.infer<typeof verdictResponseSchema>;

export const muteRequestSchema = z.strictObject({
  id: z.string().check(z.minLength(1), z.maxLength(600)),
  reason: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  days: z.int().check(z.minimum(1), z.maximum(MOST_MUTE_DAYS)),
});
export type MuteRequest = z.infer<typeof muteRequestSchema>;

export const unmuteRequestSchema = z.strictObject({ id: z.string().check(z.minLength(1), z.maxLength(600)) });

const viewStateSchema = z.object({
  state: z.enum(['up', 'down', 'joining', 'leaving', 'moving', 'unknown']),
  reason: z.optional(z.string()),
});

/** What the nodes say of one node. */
const subjectSchema = z.object({
  node: z.string(),
  datacenter: z.string(),
  rack: z.string(),
  /** Whether every view that is known is the same. */
  isAgreed: z.boolean(),
  /** The state that most observers see. */
  common: viewStateSchema,
  /** Observers that see another state. */
  others: z.array(z.object({ observer: z.string(), ...viewStateSchema.shape })),
  /** Its release, schema version, datacenter and rack, where observers differ in them. */
  fields: z.array(
    z.object({
      field: z.enum(['release', 'schema version', 'datacenter', 'rack']),
      values: z.array(z.object({ value: z.string(), observers: z.array(z.string()) })),
    }),
  ),
});
export type Subject = z.infer<typeof subjectSchema>;

/** A setting that is not the same on all nodes that answered. */
const settingRowSchema = z.object({
  name: z.string(),
  /** `must_agree`: nodes with different values do not work together as one cluster; `own`: each node has another. */
  kind: z.enum(['must_agree', 'differs', 'own']),
  /** In the order of `settings.nodes`; null: this node has no such setting. */
  values: z.array(z.nullable(z.string())),
  /** Its values are secret: compared, not shown. */
  isMasked: z.boolean(),
});
export type SettingRow = z.infer<typeof settingRowSchema>;

export const nodeViewsResponseSchema = z.object({
  /** Nodes whose view is shown, with where it comes from and when it was read. */
  observers: z.array(z.object({ node: z.string(), source: z.enum(['gossip', 'peers']), askedAt: z.string() })),
  subjects: z.array(subjectSchema),
  settings: z.object({
    nodes: z.array(z.object({ node: z.string(), askedAt: z.string() })),
    /** Settings compared. */
    compared: z.int(),
    rows: z.array(settingRowSchema),
  }),
  unknown: z.array(unknownFactSchema),
  silent: z.array(silentNodeSchema),
  pace: paceSchema,
  asOf: z.string(),
});
export type NodeViews = z.infer<typeof nodeViewsResponseSchema>;
