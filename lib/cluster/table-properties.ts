import type { TableDetails } from '@/lib/contract/stats';

type Value = TableDetails['properties'][string];
type Options = Readonly<Record<string, string>>;

/** A property of a table: its value, its default, and what the value means. */
export interface PropertyFact {
  readonly name: string;
  readonly value: string;
  readonly usual: string;
  readonly differs: boolean;
  readonly consequence: string;
}

interface Property {
  /** In a new table of Cassandra 4.0 to 5.0 with the default configuration. */
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
        ? 'DROP and TRUNCATE delete the data immediately: no snapshot is taken.'
        : 'DROP and TRUNCATE leave a snapshot if auto_snapshot is on: its disk space is freed when it is cleared.',
  },
  bloom_filter_fp_chance: {
    usual: '0.01',
    consequence: (value) =>
      Number(value) >= 1
        ? 'No bloom filter: each read checks every SSTable.'
        : `About ${percent(Number(value))} of checks of an SSTable without the partition read it in vain; a lower value takes more memory.`,
  },
  caching: {
    usual: { keys: 'ALL', rows_per_partition: 'NONE' },
    consequence: (_value, { keys, rows_per_partition: rows }) =>
      `${keys === 'ALL' ? 'Positions of partitions are cached' : 'Positions of partitions are not cached'}; ${
        rows === 'NONE'
          ? 'rows are not'
          : `${rows === 'ALL' ? 'all' : rows} rows of each partition are if the row cache is on`
      }.`,
  },
  cdc: {
    usual: 'false',
    consequence: (value) =>
      value === 'true'
        ? 'Commit logs with its writes are kept until a consumer of changes removes them: a full cdc_raw stops writes.'
        : 'Changes are not kept for consumers of change data.',
  },
  comment: {
    usual: '',
    consequence: (value) => (value === '' ? 'None.' : 'For people; Cassandra does not use it.'),
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
        : `SSTables are compressed with ${shortClass(options.class)}; a read decompresses at least ${options.chunk_length_in_kb ?? '16'} KiB.`,
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
        : `Writes expire after ${seconds(Number(value))}, unless they set another TTL.`,
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
      value === 'false' ? 'Not part of incremental backups.' : 'Part of incremental backups, on nodes that make them.',
  },
  max_index_interval: {
    usual: '2048',
    consequence: (value) => `When memory for index summaries runs short, at least one key in ${value} is kept.`,
  },
  memtable: {
    usual: 'default',
    consequence: (value) =>
      `New rows are kept in the memtable that cassandra.yaml calls ${value} until they are flushed.`,
  },
  memtable_flush_period_in_ms: {
    usual: '0',
    consequence: (value) =>
      value === '0'
        ? 'New rows are flushed when memory is needed.'
        : `New rows are flushed every ${seconds(Number(value) / 1_000)}: more and smaller SSTables.`,
  },
  min_index_interval: {
    usual: '128',
    consequence: (value) =>
      `One partition key in ${value} is kept in memory as an index to the others; a lower value takes more memory.`,
  },
  read_repair: {
    usual: 'BLOCKING',
    consequence: (value) =>
      value === 'NONE'
        ? 'Replicas that differ in a read stay different: later reads at QUORUM may go back in time.'
        : 'A read that finds differing replicas waits until they are repaired: reads at QUORUM never go back in time.',
  },
  speculative_retry: {
    usual: '99p',
    consequence: (value) =>
      value.toUpperCase() === 'NEVER' || value.toUpperCase() === 'NONE'
        ? 'Reads wait for a slow replica.'
        : `A read that waits longer than ${speculation(value)} asks another replica as well.`,
  },
};

/** Each property with its default and consequence: those that differ first, then by name. */
export function propertyFacts(properties: TableDetails['properties']): readonly PropertyFact[] {
  return Object.entries(properties)
    .map(([name, value]) => factOf(name, value))
    .sort((a, b) => Number(b.differs) - Number(a.differs) || a.name.localeCompare(b.name, 'en'));
}

function factOf(name: string, stored: Value): PropertyFact {
  const property = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name] : undefined;
  // A property that this table never set has the default of a new table.
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
      return 'SSTables of similar size are merged: cheap writes, but a partition can be in many of them, and half of the disk must be free.';
    case 'LeveledCompactionStrategy':
      return 'SSTables are kept in levels: reads need few of them, but writes cost several times the disk traffic.';
    case 'TimeWindowCompactionStrategy':
      return 'Each SSTable holds a window of time and expires as a whole: for rows with a TTL that arrive in order of time.';
    case 'UnifiedCompactionStrategy':
      return 'SSTables are merged by density, in parallel shards: between tiers and levels, as scaling_parameters say.';
    default:
      return 'This strategy decides how SSTables are merged.';
  }
}

function speculation(value: string): string {
  const [, number = '', unit = ''] = /^([\d.]+)\s*(p|percentile|ms)$/i.exec(value) ?? [];
  if (unit.toLowerCase() === 'ms') return `${number} ms`;
  return unit === '' ? value : `${number} % of such requests take`;
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}

function seconds(count: number): string {
  if (count >= DAY_S) return `${Number((count / DAY_S).toFixed(1))} days`.replace(/^1 days$/, '1 day');
  if (count >= 3_600) return `${Number((count / 3_600).toFixed(1))} h`;
  return `${count} s`;
}
