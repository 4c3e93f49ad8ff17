import type { SparkEstimate } from '@/lib/contract/spark';
import { formatBytes, formatCount } from '@/lib/text/format';

/**
 * Measured with rows of 8 columns, about 100 bytes each, on two cores that Cassandra shared (docs/spark.md): Ringside
 * reads 160,000 rows a second into Parquet, Spark 91,000 to 126,000; from table to table Spark moves 19,000.
 */
const MEASURED = { rowBytes: 100, cores: 2, here: 160_000, sparkExport: 100_000, sparkCopy: 19_000, startSeconds: 15 };

const MEBIBYTE = 2 ** 20;
/** Spark must be clearly faster to be worth its set-up. */
const CLEARLY = 0.8;

interface SizeOfWork {
  /** Uncompressed; null: not known. */
  readonly bytes: number | null;
  readonly partitions: number | null;
}

interface Work {
  readonly size: SizeOfWork;
  readonly splitMebibytes: number;
  readonly master: string;
  /** Of the machine that Ringside runs on. */
  readonly machineCores: number;
  /** Of a cluster, as configured; null: not known. */
  readonly clusterCores: number | null;
  readonly isCopy: boolean;
}

/** What a job would take here and on Spark, as far as the measured figures carry, and which to choose. */
export function estimateOf({ size, splitMebibytes, master, machineCores, clusterCores, isCopy }: Work): SparkEstimate {
  const { bytes, partitions } = size;
  const cores = coresOf(master, machineCores) ?? clusterCores;
  const rows = bytes === null ? null : bytes / MEASURED.rowBytes;
  const splits = bytes === null ? null : Math.max(Math.ceil(bytes / (splitMebibytes * MEBIBYTE)), 1 + 2 * (cores ?? 1));
  const hereSeconds = rows === null || isCopy ? null : rows / MEASURED.here;
  const rate = isCopy ? MEASURED.sparkCopy : MEASURED.sparkExport;
  const sparkSeconds =
    rows === null || cores === null ? null : MEASURED.startSeconds + rows / ((rate / MEASURED.cores) * cores);
  const here = {
    seconds: hereSeconds,
    basis: isCopy
      ? 'copies were not measured beside Spark'
      : `${formatCount(MEASURED.here)} rows of ${MEASURED.rowBytes} bytes a second`,
  };
  const perCore = formatCount(rate / MEASURED.cores);
  const spark = { seconds: sparkSeconds, basis: `${perCore} rows a second for each core, and the start` };
  const { advice, reason } = adviceOf(master, here.seconds, spark.seconds, bytes);
  return { bytes, partitions, splits, cores, here, spark, advice, reason };
}

/** The cores of a local master; null for a cluster, which alone knows. */
export function coresOf(master: string, machineCores: number): number | null {
  const [, cores] = /^local\[(\*|\d+)\]$/.exec(master) ?? [];
  if (cores === undefined) return null;
  return cores === '*' ? machineCores : Number(cores);
}

function adviceOf(master: string, here: number | null, spark: number | null, bytes: number | null) {
  const size = bytes === null ? 'The size is not known' : `About ${formatBytes(bytes)}`;
  if (master.startsWith('local')) {
    return {
      advice: 'here' as const,
      reason: 'On one machine Ringside alone was faster where both were measured: Spark pays past one machine.',
    };
  }
  if (here === null || spark === null) {
    return { advice: 'unknown' as const, reason: `${size}: too little is known to compare. See docs/spark.md.` };
  }
  return spark < here * CLEARLY
    ? { advice: 'spark' as const, reason: `${size}: the cores of the Spark cluster outweigh its start.` }
    : { advice: 'here' as const, reason: `${size}: Spark would not be clearly faster.` };
}
