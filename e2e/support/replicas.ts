import type { Client } from 'cassandra-driver';
import { nodetool } from '../../embedded/index.mjs';

/** A partition key as nodetool takes it: its columns' values, separated by colons. */
export interface PlacedKey {
  readonly keyspace: string;
  readonly table: string;
  readonly key: readonly string[];
  /** The routing key in bytes, for the driver. */
  readonly routingKey: Buffer;
}

/**
 * Addresses of a key's replicas, the primary first, as Cassandra's own nodetool tells them; where the ring was not
 * started by the tests, as the driver works them out, which it does well in one datacenter.
 */
export async function replicasOf(client: Client, { keyspace, table, key, routingKey }: PlacedKey): Promise<string[]> {
  const record = process.env.RINGSIDE_TEST_RING;
  if (!record) return client.getReplicas(keyspace, routingKey).map(({ address }) => hostOf(address));
  const endpoints = await nodetool(record, ['getendpoints', keyspace, table, key.join(':')]);
  return endpoints.split('\n').flatMap((line) => line.trim() || []);
}

/** `127.0.0.1:9042` → `127.0.0.1`. */
export function hostOf(address: string): string {
  return address.replace(/:\d+$/, '');
}

/** The routing key of a partition key of several text-like columns, as bytes: length, value and a zero for each. */
export function compositeKey(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(part.length);
      return [length, part, Buffer.alloc(1)];
    }),
  );
}
