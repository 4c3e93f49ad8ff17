import 'server-only';
import type { z } from 'zod';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { ReplicasResponse, replicasRequestSchema } from '@/lib/contract/topology';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { murmur3Token, routingKey } from '@/lib/ring/murmur3';
import { replicasOf } from '@/lib/ring/placement';
import { parseReplication } from '@/lib/ring/replication';
import { Failure, invalidRequest } from '../../failure';
import { type Cluster, MURMUR3 } from '../client/cluster';
import { encodeValue } from '../client/prepared';
import { findKeyspace, readTable } from '../schema/schema';
import { readRingMembers } from './ring-members';

/**
 * The token of a partition key and the nodes that hold its rows, in the server's order.
 * @throws Failure `invalid_request` naming the key column at fault, `not_found`
 */
export async function locateKey(
  cluster: Cluster,
  request: z.infer<typeof replicasRequestSchema>,
): Promise<ReplicasResponse> {
  const [client, identity] = [await cluster.client(), await cluster.identity()];
  const { schema } = await readTable(cluster, request.keyspace, request.table);
  if (identity.partitioner !== MURMUR3)
    throw invalidRequest(`Ringside cannot compute tokens of ${identity.partitioner}.`);
  const shape = schemaLookup(schema.keyspaces).table(request.keyspace, request.table);
  const keyspace = findKeyspace(schema, request.keyspace);
  if (shape === undefined || keyspace === undefined) {
    throw new Failure({
      code: 'not_found',
      message: `There is no table ${request.keyspace}.${request.table}.`,
      retryable: false,
    });
  }
  const components = shape.partitionKey.map((name) => {
    const type = shape.columns.find((column) => column.name === name)?.type;
    const value = ownValue(request.key, name);
    if (type === undefined || value === undefined) throw invalidRequest(`The partition key also needs ${name}.`);
    return encodeKeyPart(name, value, type);
  });
  const token = murmur3Token(routingKey(components));
  const strategy = parseReplication(keyspace.replication);
  if (strategy.kind === 'unknown') return { token: String(token), replicas: [], unknownReason: strategy.reason };
  if (strategy.kind === 'local') {
    return { token: String(token), replicas: [], unknownReason: 'every node keeps its own rows in this keyspace' };
  }
  const members = await readRingMembers(client, client.hosts.values());
  const addresses = new Map(members.map(({ id, address }) => [id, address]));
  return { token: String(token), replicas: replicasOf(token, members, strategy).map((id) => addresses.get(id) ?? id) };
}

/** @throws Failure `invalid_request` naming the column */
function encodeKeyPart(name: string, value: JsonValue, type: CqlType): Buffer {
  const bytes = encodeValue(name, value, type);
  if (bytes !== null) return bytes;
  throw invalidRequest(`${name}: a partition key cannot be null.`);
}
