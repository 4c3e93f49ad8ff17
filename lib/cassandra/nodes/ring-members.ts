import 'server-only';
import type { Client, Host, types } from 'cassandra-driver';
import type { RingNode } from '@/lib/ring/placement';
import { Failure } from '../../failure';
import { NO_NODE, readFromNode } from '../client/system-reads';

/** A node as the ring's system tables describe it. */
export interface RingMember extends RingNode {
  /** Host id as text. */
  readonly id: string;
  /** `host:port` for clients. */
  readonly address: string;
  readonly release: string | null;
  readonly schemaVersion: string | null;
}

/**
 * The ring's members as one node knows them (`system.local` and `system.peers_v2`): the tokens of a node that is down can
 * only come from another.
 * @param answering nodes, in the order to try them
 * @throws Failure when none of them answers
 */
export async function readRingMembers(client: Client, answering: readonly Host[]): Promise<RingMember[]> {
  let failure: unknown;
  for (const host of answering) {
    try {
      const [local, peers] = await Promise.all([
        readFromNode(client, host, 'SELECT * FROM system.local'),
        readPeers(client, host),
      ]);
      const addresses = new Map(client.hosts.values().map((known) => [String(known.hostId), known.address]));
      return [
        ...local.map((row) => toMember(row, addresses, host.address)),
        ...peers.map((row) => toMember(row, addresses)),
      ];
    } catch (error) {
      failure = error;
    }
  }
  throw failure ?? NO_NODE;
}

/** `peers_v2` has ports and exists since Cassandra 4.0. */
async function readPeers(client: Client, host: Host): Promise<types.Row[]> {
  try {
    return await readFromNode(client, host, 'SELECT * FROM system.peers_v2');
  } catch (error) {
    if (!(error instanceof Failure) || error.error.code !== 'invalid_statement') throw error;
    return await readFromNode(client, host, 'SELECT * FROM system.peers');
  }
}

function toMember(row: types.Row, addresses: ReadonlyMap<string, string>, own?: string): RingMember {
  const id = String(row.get('host_id'));
  const native = `${row.get('native_address') ?? row.get('rpc_address')}:${row.get('native_port') ?? 9042}`;
  const tokens: unknown = row.get('tokens');
  return {
    id,
    address: own ?? addresses.get(id) ?? native,
    datacenter: String(row.get('data_center')),
    rack: String(row.get('rack')),
    release: text(row.get('release_version')),
    schemaVersion: text(row.get('schema_version')),
    tokens: Array.isArray(tokens) ? tokens.map((token) => BigInt(String(token))) : [],
  };
}

function text(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
