import * as z from 'zod/mini';

/** A property that changed. Null: there was none, or there is none now. */
const changedFieldSchema = z.object({
  field: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type ChangedField = z.infer<typeof changedFieldSchema>;

const schemaChangeSchema = z.object({
  /** `keyspace`, `table`, `view`, `column`, `index`, `type`, `function`, `aggregate`, `trigger`. */
  what: z.string(),
  /** Its keyspace, table and name, as far as it has them. */
  path: z.array(z.string()),
  /** `recreated`: dropped and made again, so its rows of before are gone. */
  how: z.enum(['added', 'dropped', 'recreated', 'changed']),
  /** Of one that changed. */
  fields: z.array(changedFieldSchema),
});
export type SchemaChange = z.infer<typeof schemaChangeSchema>;

export const EVENT_KINDS = [
  'watching_began',
  'node_up',
  'node_down',
  'node_joined',
  'node_left',
  'node_moved',
  'node_changed',
  'node_restarted',
  'schema_changed',
  'settings_changed',
] as const;
const eventKindSchema = z.enum(EVENT_KINDS);
export type EventKind = z.infer<typeof eventKindSchema>;

/** Something that Ringside saw happen to a cluster. */
export const clusterEventSchema = z.object({
  id: z.string(),
  kind: eventKindSchema,
  /** When Ringside saw it, ISO 8601 UTC. */
  at: z.string(),
  /** Ringside last saw the state of before then: it happened in between. Null: it was seen as it happened. */
  since: z.nullable(z.string()),
  /** `host:port` of the node it happened to; null: the whole cluster. */
  node: z.nullable(z.string()),
  /** Where it was seen: a system table and the node that answered, or the driver's connections. */
  source: z.string(),
  fields: z.array(changedFieldSchema),
  /** Of a schema: at most {@link MOST_CHANGES}. */
  changes: z.array(schemaChangeSchema),
  /** How many changes there were beyond these; of settings, beyond the fields. */
  moreChanges: z.int(),
});
export type ClusterEvent = z.infer<typeof clusterEventSchema>;

/** Changes of the schema kept in one event. */
export const MOST_CHANGES = 200;

/** Settings kept in one event. */
export const MOST_SETTINGS = 50;

/** What a list of events can be about: nodes, with the watch itself, or the schema. */
export const EVENT_TOPICS = ['nodes', 'schema'] as const;
export type EventTopic = (typeof EVENT_TOPICS)[number];

export const eventsRequestSchema = z.strictObject({
  about: z.optional(z.enum(EVENT_TOPICS)),
  /** Only this node, `host:port`. */
  node: z.optional(z.string().check(z.maxLength(300))),
  /** The id of an event: those before it. */
  before: z.optional(z.string().check(z.maxLength(64))),
});
export type EventsRequest = z.input<typeof eventsRequestSchema>;

/** Newest first. */
export const eventsResponseSchema = z.object({
  events: z.array(clusterEventSchema),
  hasMore: z.boolean(),
  /** Since when Ringside has watched without a break, ISO 8601 UTC; null: it does not watch, because no node was reached. */
  watchingSince: z.nullable(z.string()),
});
export type EventsResponse = z.infer<typeof eventsResponseSchema>;
