import 'server-only';
import type { Client } from 'cassandra-driver';
import type { Applied } from '@/lib/contract/applied';
import type { Consistency, SerialConsistency } from '@/lib/contract/common';
import type { EndFrame, HeaderFrame, PageFrame, SchemaAgreement, TracedRequest } from '@/lib/contract/frames';
import type { Classification } from '@/lib/contract/statements';
import type { Answer } from './answer';
import type { Cluster } from './cluster';

/** What reading and writing share: a running statement, reported page by page. */

/** The options of any statement. */
export interface RunPlan {
  readonly cluster: Cluster;
  /** The keyspace for unqualified names in the statement. */
  readonly keyspace?: string | undefined;
  readonly statement: string;
  /** Encoded values; null runs the statement unprepared. */
  readonly params: readonly (Buffer | null)[] | null;
  /** The statement as a person can run it, with values written out. */
  readonly shown: string;
  readonly classification: Classification;
  readonly consistency: Consistency;
  readonly serialConsistency?: SerialConsistency | undefined;
  readonly timeoutMs: number;
  readonly trace: boolean;
}

/** A page or part of one, with its frame for the stream. */
export interface RunPage extends Answer {
  /** The page has no more rows. */
  readonly endsPage: boolean;
  readonly frame: PageFrame;
  /** Of a schema change: which nodes have the new schema. */
  readonly agreement?: SchemaAgreement;
  /** Of a change: whether it was made. */
  readonly applied?: Applied;
}

/** A page frame's traces; an untraced page has no such field. */
export function tracedBy(traces: readonly TracedRequest[]): Pick<PageFrame, 'traces'> {
  return traces.length === 0 ? {} : { traces: [...traces] };
}

/** What a run waits for: a number of other reads of the cluster, or nodes that do not have a new schema yet. */
export type WaitedFor = number | SchemaAgreement;

/** A running statement: the same for grid, editor and export, which only use its pages differently. */
export interface Run {
  readonly pages: AsyncIterable<RunPage, void>;
  /** It changes nothing, so that it can be stopped at any moment. */
  readonly isRead: boolean;
  /** Aborted when nobody waits for it, or a person stops it. */
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  header(first: RunPage): HeaderFrame;
  resultKind(last: RunPage | null): EndFrame['result'];
  /** Null when it does not wait. The same object until it has changed. */
  waitsFor(): WaitedFor | null;
}

export interface BegunRun extends Pick<Run, 'signal' | 'abort'> {
  readonly client: Client;
  /** Keeps the client open until `release` is called or the run is aborted. */
  hold(): () => void;
}

/**
 * Connects, and links a run to the signals that stop it.
 * @param signals any of them stops the run
 * @throws Failure `cluster_unreachable`
 */
export async function beginRun({ cluster, keyspace }: RunPlan, signals: readonly AbortSignal[]): Promise<BegunRun> {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, ...signals]);
  const client = await cluster.client(keyspace);
  return {
    client,
    signal,
    abort: (reason) => controller.abort(reason),
    hold: () => {
      const release = cluster.hold(client);
      signal.addEventListener('abort', release, { once: true });
      return release;
    },
  };
}
