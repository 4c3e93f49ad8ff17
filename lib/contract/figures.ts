/** What the page and the server both know of tables and searches, without the schemas of their answers. */

/** What is counted and measured of a table, by one node or by all together. */
export const FIGURES = [
  'diskMebibytes',
  'partitions',
  'meanPartitionBytes',
  'maxPartitionMebibytes',
  'tombstonesP99',
  'readP50Ms',
  'readP99Ms',
  'writeP50Ms',
  'writeP99Ms',
  'readsPerSecond',
  'writesPerSecond',
] as const;
export type Figure = (typeof FIGURES)[number];

/** The most that a search reads where the request does not say. Each read for tombstones is traced, which is a write. */
export const FIND_BUDGETS = {
  wide: { seconds: 15, rows: 50_000, places: 32 },
  tombstones: { seconds: 30, rows: 4_000, places: 16 },
  indexes: { seconds: 15, rows: 5_000, places: 32 },
} as const;

/** Rows of one partition are alike: a sample of a column's values takes no more of them. */
export const MOST_OF_A_PARTITION = 8;
