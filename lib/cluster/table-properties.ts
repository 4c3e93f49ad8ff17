import type { TableDetails } from '@/lib/contract/stats';

type Value = TableDetails['properties'][string];
type Options = Readonly<Record<string, string>>;

/** A property of a table: its value, what it is unless somebody sets it, and what follows from the value. */
export interface PropertyFact {
  readonly name: string;
  readonly value: string;
  readonly usual: string;
  readonly differs: boolean;
  readonly consequence: string;
}

interface Property {
  /** As Cassandra 4.0 to 5.0 set it in a new table, its configuration aside. */
  readonly usual: string | Options;
  readonly consequence: (value: string, options: Options) => string;
}

const DAY_S = 86_400;
const NONE: Options = {};

const PROPERTIES: Readonly<Record<string, Property>> = {
  additional_write_policy: {
    usual: '99p',
    consequence: (value) => `A write that waits longer than ${speculation(value)} is also sent to a transient replica.`,
  },
  allow_auto_snapshot: {
    usual: 'true',
    consequence: (value) =>
      value === 'false'
        ? 'DROP and TRUNCATE delete the data at once: no snapshot is taken.'
        : 'DROP and TRUNCATE leave a snapshot, where auto_snapshot is on: disk is freed only when that is cleared.',
  },
  bloom_filter_fp_chance: {
    usual: '0.01',
    consequence: (value) =>
      Number(value) >= 1
        ? 'No bloom filter: each read looks into every SSTable.'
        : `About ${percent(Number(value))} of looks into an SSTable that lacks the partition are for nothing; less takes more memory.`,
  },
  caching: {
    usual: { keys: 'ALL', rows_per_partition: 'NONE' },
    consequence: (_value, { keys, rows_per_partition: rows }) =>
      `${keys === 'ALL' ? 'Places of partitions are cached' : 'Places of partitions are not cached'}; ${
        rows === 'NONE'
          ? 'rows are not'
          : `of each partition ${rows === 'ALL' ? 'all' : rows} rows may be, where the row cache is on`
      }.`,
  },
  cdc: {
    usual: 'false',
    consequence: (value) =>
      value === 'true'
        ? 'Commit logs with its writes are kept for whoever reads changes, until they do: a full cdc_raw stops writes.'
        : 'Changes are not kept for readers of change data.',
  },
  comment: {
    usual: '',
    consequence: (value) => (value === '' ? 'None.' : 'For people; Cassandra does nothing with it.'),
  },
  compaction: {
    usual: { class: 'SizeTieredCompactionStrategy', max_threshold: '32', min_threshold: '4' },
    consequence: (_value, options) => compaction(shortClass(options.class ?? '')),
  },
  compression: {
    usual: { chunk_length_in_kb: '16', class: 'LZ4Compressor' },
    consequence: (_value, options) =>
      options.enabled === 'false' || options.class === undefined
        ? 'SSTables are not compressed.'
        : `SSTables are compressed with ${shortClass(options.class)}; a read decompresses ${options.chunk_length_in_kb ?? '16'} KiB at least.`,
  },
  crc_check_chance: {
    usual: '1.0',
    consequence: (value) => `The checksum of a compressed chunk is verified in ${percent(Number(value))} of reads.`,
  },
  default_time_to_live: {
    usual: '0',
    consequence: (value) =>
      value === '0'
        ? 'Rows stay until they are deleted.'
        : `What is written is gone after ${seconds(Number(value))}, unless the write says otherwise.`,
  },
  gc_grace_seconds: {
    usual: '864000',
    consequence: (value) =>
      value === '0'
        ? 'Tombstones go at the next compaction: a replica that missed a delete can bring the row back.'
        : `Tombstones stay for ${seconds(Number(value))}: repair more often than that, or deleted rows can come back.`,
  },
  incremental_backups: {
    usual: 'true',
    consequence: (value) =>
      value === 'false' ? 'Left out of incremental backups.' : 'Part of incremental backups, where a node makes them.',
  },
  max_index_interval: {
    usual: '2048',
    consequence: (value) => `When memory for index summaries runs short, one key in ${value} is kept at the least.`,
  },
  memtable: {
    usual: 'default',
    consequence: (value) =>
      `New rows are held by the memtable that cassandra.yaml calls ${value}, until they are flushed.`,
  },
  memtable_flush_period_in_ms: {
    usual: '0',
    consequence: (value) =>
      value === '0'
        ? 'New rows are flushed when memory wants it.'
        : `New rows are flushed every ${seconds(Number(value) / 1_000)}: more and smaller SSTables.`,
  },
  min_index_interval: {
    usual: '128',
    consequence: (value) =>
      `One partition key in ${value} is kept in memory, to find the others by; fewer take more memory.`,
  },
  read_repair: {
    usual: 'BLOCKING',
    consequence: (value) =>
      value === 'NONE'
        ? 'Replicas that a read finds to differ stay so: later reads at QUORUM may go back in time.'
        : 'A read that finds replicas to differ waits until they are mended: reads at QUORUM never go back in time.',
  },
  speculative_retry: {
    usual: '99p',
    consequence: (value) =>
      value.toUpperCase() === 'NEVER' || value.toUpperCase() === 'NONE'
        ? 'A slow replica is waited for.'
        : `A read that waits longer than ${speculation(value)} asks another replica as well.`,
  },
};

/** Each property with its default and consequence: first those that differ, then by name. */
export function propertyFacts(properties: TableDetails['properties']): readonly PropertyFact[] {
  return Object.entries(properties)
    .map(([name, value]) => factOf(name, value))
    .sort((a, b) => Number(b.differs) - Number(a.differs) || a.name.localeCompare(b.name, 'en'));
}

function factOf(name: string, stored: Value): PropertyFact {
  const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  // What a release knows and this table never set is as in a new table.
  const value = stored ?? property?.usual ?? '';
  const text = textOf(value);
  const usual = property === undefined ? '' : textOf(property.usual);
  const options = typeof value === 'string' ? NONE : value;
  return {
    name,
    value: text,
    usual,
    differs: property !== undefined && !isSame(text, usual),
    consequence: property?.consequence(text, options) ?? 'Ringside does not know this property.',
  };
}

/** `0.10` and `0.1` are one number. */
function isSame(value: string, usual: string): boolean {
  const numbers = usual !== '' && value !== '' && !Number.isNaN(Number(usual));
  return numbers ? Number(value) === Number(usual) : value.toLowerCase() === usual.toLowerCase();
}

function textOf(value: string | Options): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${key === 'class' ? shortClass(entry) : entry}`)
    .sort()
    .join(', ');
}

function shortClass(name: string): string {
  return name.split('.').at(-1) ?? name;
}

function compaction(strategy: string): string {
  switch (strategy) {
    case 'SizeTieredCompactionStrategy':
      return 'SSTables of like size are merged: cheap writes; a partition may lie in many of them, and half of the disk must be free.';
    case 'LeveledCompactionStrategy':
      return 'SSTables are kept in levels: reads look into few of them; writing costs several times the disk traffic.';
    case 'TimeWindowCompactionStrategy':
      return 'SSTables hold a window of time each and expire as a whole: for rows with a TTL that come in order of time.';
    case 'UnifiedCompactionStrategy':
      return 'SSTables are merged by density, in shards side by side: between tiers and levels as scaling_parameters say.';
    default:
      return 'How SSTables are merged is up to this strategy.';
  }
}

function speculation(value: string): string {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(p|percentile|ms)$/i.exec(value) ?? [];
  if (unit.toLowerCase() === 'ms') return `${number} ms`;
  return unit === '' ? value : `${number} % of its kind do`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}

function seconds(count: number): string {
  if (count >= DAY_S) return `${Number((count / DAY_S).toFixed(1))} days`.replace(/^1 days$/, '1 day');
  if (count >= 3_600) return `${Number((count / 3_600).toFixed(1))} h`;
  return `${count} s`;
}
