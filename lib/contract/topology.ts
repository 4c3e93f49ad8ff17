import * as z from 'zod/mini';
import { nameSchema, tokenSchema } from './common';
import { dictionarySchema } from './dictionary';
import { jsonObjectSchema } from './json-schemas';

/** A node's state according to one source. `unknown` comes with the reason. */
const nodeStateSchema = z.object({
  state: z.enum(['up', 'down', 'joining', 'leaving', 'moving', 'unknown']),
  reason: z.optional(z.string()),
});

const nodeSchema = z.object({
  /** The address clients connect to, `host:port`: the node's identity within a response. */
  address: z.string(),
  hostId: z.nullable(z.string()),
  datacenter: z.string(),
  rack: z.string(),
  release: z.nullable(z.string()),
  tokens: z.array(tokenSchema),
  /** Whether Ringside can talk to it, judged from its own connections, after a real try. */
  reachable: nodeStateSchema,
  /** What the other nodes gossip about it, as seen by `gossipSeenBy`. */
  gossip: nodeStateSchema,
  gossipSeenBy: z.nullable(z.string()),
  /** Bytes on disk, reported by the node itself; null: unknown, see `loadReason`. */
  loadBytes: z.nullable(z.number()),
  loadReason: z.optional(z.string()),
  /** Its own answer; of a node that does not answer, what it last gossiped to another. */
  schemaVersion: z.nullable(z.string()),
  /** Share of the token ring it is the primary of, 0 to 1, within the whole cluster. */
  primaryOwnership: z.nullable(z.number()),
  /** Share of the requested keyspace's data that it has a replica of, 0 to 1, per datacenter as in `nodetool status KEYSPACE`. */
  effectiveOwnership: z.nullable(z.number()),
});
export type NodeState = z.infer<typeof nodeStateSchema>;
export type Node = z.infer<typeof nodeSchema>;

/** The keyspace whose ownership is wanted. */
export const topologyRequestSchema = z.object({ keyspace: z.optional(z.string()) });

export const topologyResponseSchema = z.object({
  clusterName: z.string(),
  partitioner: z.string(),
  /** The keyspace of `effectiveOwnership`. */
  keyspace: z.nullable(z.string()),
  replication: z.nullable(dictionarySchema(z.string())),
  nodes: z.array(nodeSchema),
  schemaAgreement: z.object({
    /** Whether the nodes that answered have one version; null: none answered. */
    agreed: z.nullable(z.boolean()),
    /** By the answers of the nodes themselves. */
    versions: z.array(z.object({ version: z.string(), nodes: z.array(z.string()) })),
    /** Nodes that did not answer, each with the version that it last gossiped. */
    unheard: z.array(z.object({ node: z.string(), lastVersion: z.nullable(z.string()) })),
  }),
  asOf: z.string(),
  gaps: z.array(z.string()),
});
export type TopologyResponse = z.infer<typeof topologyResponseSchema>;

export const replicasRequestSchema = z.strictObject({
  keyspace: nameSchema,
  table: nameSchema,
  /** The partition key by column name, values in their JSON form. */
  key: jsonObjectSchema,
});

export const replicasResponseSchema = z.object({
  token: tokenSchema,
  /** Addresses in replica order, primary first, as in the topology's `address`. */
  replicas: z.array(z.string()),
  /** Why `replicas` may be empty: a strategy with unknown placement. */
  unknownReason: z.optional(z.string()),
});
export type ReplicasResponse = z.infer<typeof replicasResponseSchema>;
