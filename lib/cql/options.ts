import { isSince } from './release';

/** An option of CREATE or ALTER … WITH, as completion offers it. */
export interface Option {
  readonly name: string;
  /** Values as they are written; an option with {@link keys} is a map. */
  readonly values?: readonly string[];
  /** The keys of a map; those of one class only where the map names it. */
  readonly keys?: readonly OptionKey[];
  readonly about?: string;
  readonly since?: string;
  readonly before?: string;
}

interface OptionKey {
  readonly name: string;
  readonly values?: readonly string[];
  /** The classes that have it; absent: all. */
  readonly of?: readonly string[];
  readonly since?: string;
}

const quoted = (text: string) => text.split(' ').map((word) => `'${word}'`);
const BOOLEANS = ["'true'", "'false'"];
const [STCS, LCS, TWCS, UCS] = [
  'SizeTieredCompactionStrategy',
  'LeveledCompactionStrategy',
  'TimeWindowCompactionStrategy',
  'UnifiedCompactionStrategy',
] as const;

/** By `SizeTieredCompactionStrategyOptions` and its siblings, and `UnifiedCompactionStrategy` (CEP-26). */
const COMPACTION: readonly OptionKey[] = [
  { name: 'class', values: quoted(`${STCS} ${LCS} ${TWCS}`) },
  { name: 'class', values: [`'${UCS}'`], since: '5.0' },
  { name: 'enabled', values: BOOLEANS },
  { name: 'min_threshold', values: ["'4'"], of: [STCS, TWCS] },
  { name: 'max_threshold', values: ["'32'"], of: [STCS, TWCS] },
  { name: 'bucket_low', values: ["'0.5'"], of: [STCS] },
  { name: 'bucket_high', values: ["'1.5'"], of: [STCS] },
  { name: 'min_sstable_size', values: ["'50'"], of: [STCS] },
  { name: 'only_purge_repaired_tombstones', values: BOOLEANS },
  { name: 'sstable_size_in_mb', values: ["'160'"], of: [LCS] },
  { name: 'fanout_size', values: ["'10'"], of: [LCS] },
  { name: 'single_sstable_uplevel', values: BOOLEANS, of: [LCS] },
  { name: 'compaction_window_unit', values: quoted('MINUTES HOURS DAYS'), of: [TWCS] },
  { name: 'compaction_window_size', values: ["'1'"], of: [TWCS] },
  { name: 'timestamp_resolution', values: quoted('MICROSECONDS MILLISECONDS SECONDS'), of: [TWCS] },
  { name: 'expired_sstable_check_frequency_seconds', values: ["'600'"], of: [TWCS] },
  { name: 'unsafe_aggressive_sstable_expiration', values: BOOLEANS, of: [TWCS] },
  { name: 'scaling_parameters', values: quoted('T4 L10 N'), of: [UCS] },
  { name: 'target_sstable_size', values: ["'1GiB'"], of: [UCS] },
  { name: 'base_shard_count', values: ["'4'"], of: [UCS] },
  { name: 'sstable_growth', values: ["'0.333'"], of: [UCS] },
  { name: 'tombstone_threshold', values: ["'0.2'"] },
  { name: 'tombstone_compaction_interval', values: ["'86400'"] },
  { name: 'unchecked_tombstone_compaction', values: BOOLEANS },
];

const RETRIES = ["'99p'", "'50ms'", "'ALWAYS'", "'NONE'"];

/** By `TableParams.Option` of 4.0 to 5.0. */
export const TABLE_OPTIONS: readonly Option[] = [
  { name: 'compaction', keys: COMPACTION },
  {
    name: 'compression',
    keys: [
      {
        name: 'class',
        values: quoted('LZ4Compressor ZstdCompressor SnappyCompressor DeflateCompressor NoopCompressor'),
      },
      { name: 'chunk_length_in_kb', values: quoted('4 16 64') },
      { name: 'min_compress_ratio', values: ["'1.1'"] },
      { name: 'compression_level', values: ["'3'"], of: ['ZstdCompressor'] },
      { name: 'lz4_compressor_type', values: quoted('fast high'), of: ['LZ4Compressor'] },
      { name: 'lz4_high_compressor_level', values: ["'9'"], of: ['LZ4Compressor'] },
      { name: 'enabled', values: BOOLEANS },
    ],
  },
  {
    name: 'caching',
    keys: [
      { name: 'keys', values: quoted('ALL NONE') },
      { name: 'rows_per_partition', values: quoted('NONE ALL 100') },
    ],
  },
  { name: 'gc_grace_seconds', values: ['864000'], about: 'how long tombstones are kept' },
  { name: 'default_time_to_live', values: ['0', '86400', '604800'], about: 'seconds; 0: never' },
  { name: 'speculative_retry', values: RETRIES, about: 'when another replica is asked' },
  { name: 'additional_write_policy', values: RETRIES },
  { name: 'bloom_filter_fp_chance', values: ['0.01', '0.1'] },
  { name: 'comment', values: ["''"] },
  { name: 'crc_check_chance', values: ['1.0'] },
  { name: 'max_index_interval', values: ['2048'] },
  { name: 'min_index_interval', values: ['128'] },
  { name: 'memtable_flush_period_in_ms', values: ['0'] },
  { name: 'read_repair', values: quoted('BLOCKING NONE') },
  { name: 'cdc', values: ['true', 'false'] },
  { name: 'memtable', values: quoted('default'), since: '4.1' },
  { name: 'allow_auto_snapshot', values: ['true', 'false'], since: '5.0' },
  { name: 'incremental_backups', values: ['true', 'false'], since: '5.0' },
];

export const KEYSPACE_OPTIONS: readonly Option[] = [
  {
    name: 'replication',
    keys: [
      { name: 'class', values: quoted('NetworkTopologyStrategy SimpleStrategy') },
      { name: 'replication_factor', values: quoted('3 1') },
    ],
  },
  { name: 'durable_writes', values: ['true', 'false'] },
];

/** By `StorageAttachedIndex.VALID_OPTIONS` and `IndexOption` of SASI. */
export const INDEX_OPTIONS: readonly Option[] = [
  {
    name: 'OPTIONS',
    keys: [
      { name: 'case_sensitive', values: BOOLEANS },
      { name: 'normalize', values: BOOLEANS, since: '5.0' },
      { name: 'ascii', values: BOOLEANS, since: '5.0' },
      { name: 'similarity_function', values: quoted('COSINE DOT_PRODUCT EUCLIDEAN'), since: '5.0' },
      { name: 'maximum_node_connections', values: ["'16'"], since: '5.0' },
      { name: 'construction_beam_width', values: ["'100'"], since: '5.0' },
      { name: 'mode', values: quoted('PREFIX CONTAINS SPARSE') },
      { name: 'analyzer_class', values: ["'org.apache.cassandra.index.sasi.analyzer.StandardAnalyzer'"] },
    ],
  },
];

export const ROLE_OPTIONS: readonly Option[] = [
  { name: 'PASSWORD', values: ["''"] },
  { name: 'LOGIN', values: ['true', 'false'] },
  { name: 'SUPERUSER', values: ['true', 'false'] },
  { name: 'OPTIONS', keys: [] },
  { name: 'ACCESS TO ALL DATACENTERS' },
];

/** Classes of indexes that CREATE INDEX … USING names. */
export const INDEX_CLASSES: readonly { readonly text: string; readonly since?: string; readonly detail: string }[] = [
  { text: "'sai'", since: '5.0', detail: 'storage-attached' },
  { text: "'org.apache.cassandra.index.sasi.SASIIndex'", detail: 'SASI, for LIKE' },
];

/** Before this release only CREATE CUSTOM INDEX names a class (CASSANDRA-18615). */
export const INDEX_CLASS_OF_ANY = { since: '5.0' } as const;

/** By `auth.Permission`. */
export const PERMISSIONS: readonly { readonly text: string; readonly since?: string }[] = [
  ...['ALL PERMISSIONS', 'SELECT', 'MODIFY', 'CREATE', 'ALTER', 'DROP', 'AUTHORIZE', 'DESCRIBE', 'EXECUTE'].map(
    (text) => ({ text }),
  ),
  { text: 'UNMASK', since: '5.0' },
  { text: 'SELECT_MASKED', since: '5.0' },
];

/** IF EXISTS and IF NOT EXISTS in ALTER (CASSANDRA-16916). */
export const ALTER_CONDITIONS = { since: '4.1' } as const;

/** What a server of `release` knows; all if the release is unknown. */
export function knownTo<T extends { readonly since?: string }>(list: readonly T[], release: string | null): T[] {
  return list.filter(({ since }) => since === undefined || isSince(release, since) !== false);
}
