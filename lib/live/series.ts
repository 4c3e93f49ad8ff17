/** What is kept of each node over an hour: the numbers that move, each with its unit and where it comes from. */

/** How the numbers of several nodes or tables become one. */
type Combined = 'sum' | 'greatest';

interface SeriesFacts {
  readonly unit: string;
  readonly combined: Combined;
  /** The virtual table that says it, or `metrics`: the node's metrics endpoint. */
  readonly source: string;
  /** It is kept by table as well. */
  readonly byTable: boolean;
}

const count = (source: string): SeriesFacts => ({ unit: '/s', combined: 'sum', source, byTable: true });
const greatest = (unit: string, source: string): SeriesFacts => ({ unit, combined: 'greatest', source, byTable: true });

export const SERIES = {
  reads: count('coordinator_read_latency'),
  writes: count('coordinator_write_latency'),
  scans: count('coordinator_scan_latency'),
  readP50: greatest('ms', 'coordinator_read_latency'),
  readP99: greatest('ms', 'coordinator_read_latency'),
  readMax: greatest('ms', 'coordinator_read_latency'),
  writeP50: greatest('ms', 'coordinator_write_latency'),
  writeP99: greatest('ms', 'coordinator_write_latency'),
  writeMax: greatest('ms', 'coordinator_write_latency'),
  scanP50: greatest('ms', 'coordinator_scan_latency'),
  scanP99: greatest('ms', 'coordinator_scan_latency'),
  scanMax: greatest('ms', 'coordinator_scan_latency'),
  localReads: count('local_read_latency'),
  localWrites: count('local_write_latency'),
  localReadP50: greatest('ms', 'local_read_latency'),
  localReadP99: greatest('ms', 'local_read_latency'),
  localReadMax: greatest('ms', 'local_read_latency'),
  localWriteP50: greatest('ms', 'local_write_latency'),
  localWriteP99: greatest('ms', 'local_write_latency'),
  localWriteMax: greatest('ms', 'local_write_latency'),
  tombstonesP50: greatest('per read', 'tombstones_per_read'),
  tombstonesP99: greatest('per read', 'tombstones_per_read'),
  tombstonesMax: greatest('per read', 'tombstones_per_read'),
  disk: { unit: 'MiB', combined: 'sum', source: 'disk_usage', byTable: true },
  pending: { unit: 'tasks', combined: 'sum', source: 'thread_pools', byTable: false },
  blocked: { unit: 'tasks', combined: 'sum', source: 'thread_pools', byTable: false },
  clients: { unit: 'connections', combined: 'sum', source: 'clients', byTable: false },
  heap: { unit: 'bytes', combined: 'sum', source: 'metrics', byTable: false },
  gc: { unit: 'ms/s', combined: 'greatest', source: 'metrics', byTable: false },
  dropped: { unit: '/s', combined: 'sum', source: 'metrics', byTable: false },
  diskFree: { unit: 'bytes', combined: 'sum', source: 'metrics', byTable: false },
  compactions: { unit: 'tasks', combined: 'sum', source: 'metrics', byTable: false },
  sstables: { unit: 'per read', combined: 'greatest', source: 'metrics', byTable: false },
} as const satisfies Readonly<Record<string, SeriesFacts>>;

export type SeriesName = keyof typeof SERIES;

function isSeries(name: string): name is SeriesName {
  return Object.hasOwn(SERIES, name);
}

export const SERIES_NAMES: readonly SeriesName[] = Object.keys(SERIES).filter(isSeries);

/** Cassandra's own keyspaces: what they are asked is no work of an application, and Ringside asks them too. */
export function isOwnKeyspace(keyspace: string): boolean {
  return /^system(_|$)/.test(keyspace);
}
