import 'server-only';
import type { PrepareResponse } from '@/lib/contract/parameters';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { Classification } from '@/lib/contract/statements';
import { isIdempotent } from '@/lib/cql/idempotent';
import { tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import type { Cluster } from './client/cluster';
import { bindMarkers } from './client/prepared';
import { planPrepare } from './read/query-plan';
import { findTable } from './schema/schema';

/**
 * The bind markers of a statement, as the server declares them when it prepares it. Nothing runs.
 * @throws Failure, with the server's own reason where it refuses to prepare it
 */
export async function prepareStatement(cluster: Cluster, text: string, within?: string): Promise<PrepareResponse> {
  const { statement, keyspace, classification, schema } = await planPrepare(cluster, text, within);
  const markers = await bindMarkers(await cluster.client(keyspace), statement);
  const { table, target, isWrite } = classification;
  return {
    markers: markers.map(({ name, type, isPartitionKey }) => ({ name, type: formatCqlType(type), isPartitionKey })),
    keyspace: table?.keyspace ?? target?.keyspace ?? within ?? null,
    takesUnset: isWrite,
    isIdempotent: isWrite ? idempotent(statement, schema, classification) : null,
  };
}

function idempotent(statement: string, schema: SchemaResponse, { target, table }: Classification): boolean {
  const named = target ?? table;
  const found = named?.keyspace == null ? undefined : findTable(schema, named.keyspace, named.name);
  const shape = found && named?.keyspace != null && tableShape(found, named.keyspace, udtLookup(schema.keyspaces));
  return isIdempotent(statement, shape || undefined);
}
