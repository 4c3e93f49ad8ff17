import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Consistency } from '@/lib/contract/common';
import type { Trace } from '@/lib/contract/traces';
import { nodesThatRead } from '@/lib/trace/messages';
import { Failure } from '../../failure';
import { NODE_LOCAL_PROFILE } from '../client/client-options';
import type { Cluster } from '../client/cluster';
import { readTrace } from '../client/trace';
import type { BudgetReader } from './budget';
import { type Page, type PagePart, type PageRequest, readPages } from './pages';

/** What the traced reads through several coordinators share. */
export interface NodeReads {
  readonly cluster: Cluster;
  readonly client: Client;
  readonly reader: BudgetReader;
  readonly signal: AbortSignal;
}

/** One read, however it is coordinated. */
export interface NodeRead
  extends Pick<PageRequest, 'statement' | 'params' | 'pageRows' | 'fixedRows' | 'timeoutMs' | 'mask'> {
  readonly consistency: Consistency;
}

/**
 * The first rows of a statement, read with tracing through one coordinator and no other: at most one page, and what has
 * come at once of that. Null if it answered with nothing at all.
 * @param node its address, as in the topology
 * @throws Failure; `not_found` for a node that is not known
 */
export async function readOnNode(
  { client, reader, signal }: NodeReads,
  read: NodeRead,
  node: string,
): Promise<PagePart | null> {
  const host = client.hosts.values().find(({ address }) => address === node);
  if (host === undefined) throw unknownNode(node);
  const plan = { maxPages: 1, pagingState: null, trace: true, executionProfile: NODE_LOCAL_PROFILE };
  for await (const page of readPages(client, { ...read, ...plan, reader, host, signal })) return page;
  return null;
}

function unknownNode(node: string): Failure {
  return new Failure({
    code: 'not_found',
    message: `Ringside has not met ${node} yet.`,
    hint: 'It may have joined the ring a moment ago. Try again.',
    retryable: true,
  });
}

/** One of a partition's nodes read its data: that event may be the last to be written. */
const hasReader = ({ events }: Trace) => nodesThatRead(events).length > 0;

/** The traces of a page's requests that can be read; those that cannot are left out: the rows count all the same. */
export async function tracesOf({ cluster, signal }: NodeReads, { traces }: Page): Promise<Trace[]> {
  const read = await Promise.all(
    traces.map(async ({ id }) => {
      try {
        return await readTrace(cluster, id, signal, hasReader);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Failure) return null;
        throw error;
      }
    }),
  );
  return read.filter((trace) => trace !== null);
}
