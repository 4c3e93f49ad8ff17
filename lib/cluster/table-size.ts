import { formatBytes } from '@/lib/text/format';

/**
 * How far an estimate may be from the disk before it is called unreliable. Compression alone explains up to about this
 * much: LZ4 rarely gets below a tenth.
 */
const UNRELIABLE_FACTOR = 10;

const MEBIBYTE = 2 ** 20;

/** What is known of a table's size; null: not known. */
export interface SizeFacts {
  /** Uncompressed, each partition once: an estimate. */
  readonly bytes: number | null;
  /** On all nodes, each rounded up to whole MiB. */
  readonly diskMebibytes: number | null;
  /** Nodes that the disk is the sum of. */
  readonly nodes: number;
  /** Replicas of each partition in all datacenters. */
  readonly copies: number | null;
}

export type EstimateVerdict = 'plausible' | 'too_high' | 'too_low' | 'unknown';

/**
 * Whether an estimate fits what is on disk. Cassandra estimates the partitions of a token range from its index summary, in
 * steps of 128 (`SSTableReader.estimatedKeysForRanges`), so a table of few partitions may look hundreds of times larger.
 */
export function judgeEstimate({ bytes, diskMebibytes, nodes, copies }: SizeFacts): EstimateVerdict {
  if (bytes === null || diskMebibytes === null || bytes === 0) return 'unknown';
  const most = (diskMebibytes * MEBIBYTE) / Math.max(1, copies ?? 1);
  const least = (Math.max(0, diskMebibytes - nodes) * MEBIBYTE) / Math.max(1, copies ?? nodes);
  // Nothing on disk although there is an estimate: the table was emptied after it.
  if (bytes > most * UNRELIABLE_FACTOR) return 'too_high';
  return bytes * UNRELIABLE_FACTOR < least ? 'too_low' : 'plausible';
}

/** Why an estimate is unreliable, for people; undefined where it is not. */
export function unreliableReason(facts: SizeFacts): string | undefined {
  const verdict = judgeEstimate(facts);
  if (verdict !== 'too_high' && verdict !== 'too_low') return undefined;
  const disk = `${formatBytes((facts.diskMebibytes ?? 0) * MEBIBYTE)} on disk on all nodes together`;
  const differ = `The estimate of ${formatBytes(facts.bytes ?? 0)} does not fit ${disk}.`;
  return verdict === 'too_high'
    ? `${differ} Cassandra estimates partitions in steps of 128 for each token range, so few partitions look like many.`
    : `${differ} Rows written or deleted in the last minutes are not part of the estimate yet.`;
}

/** Replicas of each partition by a keyspace's replication; null for strategies that do not say, such as LocalStrategy. */
export function copiesOf(replication: Readonly<Record<string, string>>): number | null {
  const { class: _, ...factors } = replication;
  // "3/1": three replicas, one of them transient.
  const counts = Object.values(factors).map((factor) => Number.parseInt(factor, 10));
  const sum = counts.reduce((total, count) => total + count, 0);
  return Number.isFinite(sum) && sum > 0 ? sum : null;
}
