import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { EndFrame, HeaderFrame, PageFrame, TraceFrame } from '@/lib/contract/frames';
import type { Classification } from '@/lib/contract/statements';
import type { Answer } from './answer';
import type { Cluster } from './cluster';
import { readTrace } from './trace';

/** What reading and writing have in common: a statement that runs, and is told of page by page. */

/** What a statement runs with, whether it reads or writes. */
export interface RunPlan {
  readonly cluster: Cluster;
  /** The keyspace that the statement's unqualified names belong to. */
  readonly keyspace?: string | undefined;
  readonly statement: string;
  /** Encoded values; null runs the statement unprepared. */
  readonly params: readonly (Buffer | null)[] | null;
  /** The statement as a person can run it again, values written out. */
  readonly shown: string;
  readonly classification: Classification;
  readonly consistency: Consistency;
  readonly serialConsistency?: SerialConsistency | undefined;
  readonly timeoutMs: number;
  readonly trace: boolean;
}

/** An answer, or part of one, with what the stream says of it. */
export interface RunPage extends Answer {
  /** The page has no more rows. */
  readonly endsPage: boolean;
  readonly frame: PageFrame;
}

/** One statement that runs: the same for grid, editor and export; only what is made of the pages differs. */
export interface Run {
  readonly pages: AsyncIterable<RunPage, void>;
  /** Aborted when nobody waits any more, or somebody stops it. */
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  header(first: RunPage): HeaderFrame;
  resultKind(last: RunPage | null): EndFrame['result'];
  trace(traceId: string): Promise<TraceFrame>;
  /** How many reads of the cluster it waits for; null when it does not wait. */
  waitsFor(): number | null;
}

export interface BegunRun extends Pick<Run, 'signal' | 'abort' | 'trace'> {
  readonly client: Client;
  /** Keeps the client open until `release` is called, or the run is aborted. */
  hold(): () => void;
}

/**
 * Connects, and ties a run to what stops it.
 * @param signals any of them stops the run
 * @throws CassandraFailure `cluster_unreachable`
 */
export async function beginRun({ cluster, keyspace }: RunPlan, signals: readonly AbortSignal[]): Promise<BegunRun> {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...signals]);
  const client = await cluster.client(keyspace);
  return {
    client,
    signal,
    abort: (reason) => controller.abort(reason),
    trace: (traceId) => readTrace(cluster, traceId, signal),
    hold: () => {
      const release = cluster.hold(client);
      signal.addEventListener('abort', release, { once: true });
      return release;
    },
  };
}
