import 'server-only';
import type { Client, Host, QueryOptions, types } from 'cassandra-driver';
import { Failure } from '../../failure';
import { NODE_LOCAL_PROFILE } from './client-options';
import { toFailure } from './errors';
import { nodeFailure } from './node-failure';
import { onceConnected } from './once-connected';

/** Reads of system and virtual tables: small, complete, and decoded by the driver. */

const NODE_TIMEOUT_MS = 3_000;
/** After this long another node is tried. */
const SYSTEM_TIMEOUT_MS = 5_000;
const ROWS_AT_ONCE = 5_000;

/** What a read of any node fails with where there is no node to ask. */
export const NO_NODE = new Failure({
  code: 'cluster_unreachable',
  message: 'No node of the cluster answers.',
  retryable: true,
});

/** One node's response, or why there is none. */
export type NodeAnswer<T> =
  | { readonly host: Host; readonly value: T; readonly failure?: undefined }
  | { readonly host: Host; readonly failure: Failure };

/**
 * All rows of a small system table, from any node that the driver picks.
 * @throws Failure
 */
export function readSystem(client: Client, statement: string, params: readonly unknown[] = []): Promise<types.Row[]> {
  return readRows(client, statement, params, { prepare: params.length > 0, readTimeout: SYSTEM_TIMEOUT_MS });
}

/**
 * Reads a node-local table from `host` and no other node.
 * @throws Failure
 */
export async function readFromNode(
  client: Client,
  host: Host,
  statement: string,
  params: readonly unknown[] = [],
): Promise<types.Row[]> {
  try {
    return await readRows(client, statement, params, {
      host,
      executionProfile: NODE_LOCAL_PROFILE,
      prepare: params.length > 0,
      readTimeout: NODE_TIMEOUT_MS,
    });
  } catch (error) {
    throw nodeFailure(error, host.address);
  }
}

/** Nodes asked at the same time: one request of many nodes must not open a connection to a thousand at once. */
const NODES_AT_ONCE = 64;

/** Reads from every node, many in parallel; a node that fails does not affect the others. */
export function askEveryNode<T>(client: Client, ask: (host: Host) => Promise<T>): Promise<NodeAnswer<T>[]> {
  return askEach(client.hosts.values(), ask);
}

/** Reads from these nodes, in the same way. */
export async function askEach<T>(hosts: readonly Host[], ask: (host: Host) => Promise<T>): Promise<NodeAnswer<T>[]> {
  const answers = new Array<NodeAnswer<T>>(hosts.length);
  const waiting = hosts.entries();
  const askWaiting = async () => {
    for (const [index, host] of waiting) answers[index] = await answerOf(host, ask);
  };
  await Promise.all(Array.from({ length: Math.min(NODES_AT_ONCE, hosts.length) }, askWaiting));
  return answers;
}

async function answerOf<T>(host: Host, ask: (host: Host) => Promise<T>): Promise<NodeAnswer<T>> {
  try {
    return { host, value: await ask(host) };
  } catch (error) {
    return { host, failure: toFailure(error) };
  }
}

async function readRows(
  client: Client,
  statement: string,
  params: readonly unknown[],
  options: QueryOptions,
): Promise<types.Row[]> {
  const rows: types.Row[] = [];
  let pageState: Buffer | undefined;
  try {
    do {
      const page = { ...options, isIdempotent: true, fetchSize: ROWS_AT_ONCE };
      const paged = pageState === undefined ? page : { ...page, pageState };
      const result = await onceConnected(() => client.execute(statement, [...params], paged));
      rows.push(...result.rows);
      const next: unknown = Reflect.get(result, 'rawPageState');
      pageState = Buffer.isBuffer(next) ? next : undefined;
    } while (pageState !== undefined);
    return rows;
  } catch (error) {
    throw toFailure(error);
  }
}
