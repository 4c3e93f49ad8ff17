import 'server-only';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { nearNodes } from '@/lib/cassandra/client/routing';
import { estimateBytes } from '@/lib/cassandra/schema/sizes';
import { Failure } from '@/lib/failure';
import type { PartHost } from './part';
import { PartThreads } from './part-threads';
import type { ExportSource } from './source';

/** How many threads write an export's parts: as many as the machine and the table are worth, or so many. */
export type Threads = 'auto' | number;

/** One thread scans; it feeds about four. */
const MOST_BY_ITSELF = 4;
/** A thread costs about 0.2 s before it is as fast as the first: less than this is not worth it. */
const LEAST_BYTES = 1_000_000_000;

interface Facts {
  readonly asked: Threads;
  readonly cores: number;
  /** What the table holds, uncompressed; null: unknown. */
  readonly tableBytes: number | null;
  /** Read in pieces: one piece is one file, which one thread writes. */
  readonly isSplit: boolean;
}

/** How many threads write beside the one that scans; 0: that one writes too. */
export function threadsBeside({ asked, cores, tableBytes, isSplit }: Facts): number {
  if (asked !== 'auto') return asked > 1 ? asked : 0;
  const spare = Math.min(cores - 1, MOST_BY_ITSELF);
  return spare > 1 && isSplit && (tableBytes ?? 0) >= LEAST_BYTES ? spare : 0;
}

/**
 * Where the parts of an export into a directory are written; undefined: on this thread.
 * @param program of the threads
 * @throws Failure `storage_failed` when the program is missing and threads were asked for
 */
export async function partHost(
  cluster: Cluster,
  { plan }: ExportSource,
  asked: Threads,
  program: string,
): Promise<PartHost | undefined> {
  const facts = { asked, cores: availableParallelism(), isSplit: plan.classification.splittable };
  const mayHelp = threadsBeside({ ...facts, tableBytes: Number.POSITIVE_INFINITY }) > 0;
  if (!mayHelp) return undefined;
  const tableBytes = asked === 'auto' ? await bytesOf(cluster, plan.classification.table) : null;
  const threads = threadsBeside({ ...facts, tableBytes });
  if (threads === 0) return undefined;
  if (existsSync(program)) return new PartThreads(program, threads);
  if (asked === 'auto') return undefined;
  throw new Failure({
    code: 'storage_failed',
    message: `The program of the writing threads is missing (${program}).`,
    hint: 'Install Ringside again, or export with --threads 1.',
    retryable: false,
  });
}

async function bytesOf(cluster: Cluster, table: Parameters<typeof estimateBytes>[2]): Promise<number | null> {
  const [client, { localDatacenter }] = await Promise.all([cluster.client(), cluster.identity()]);
  return estimateBytes(client, nearNodes(client, localDatacenter), table);
}
