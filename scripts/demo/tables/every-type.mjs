import { cell, csvRows } from '../sources/csv.mjs';
import { flightSlices } from '../sources/flights.mjs';
import { cut } from '../table.mjs';
import { quotedRows } from './quoted-rows.mjs';

/**
 * @typedef {import('../table.mjs').DemoTable} DemoTable
 * @typedef {import('../table.mjs').Row} Row
 */

const WIDE_PARTITION_ROWS = 50_000;
const WIDE_ROWS = 200;
const WIDE_COLUMNS = 300;

/** @type {DemoTable} */
export const quoted = {
  keyspace: 'every_type',
  name: 'MixedCase',
  comment: 'Names that must be quoted',
  columns: () => ({
    'Partition Key': 'text',
    order: 'int',
    'Mixed Case': 'text',
    'with "quotes"': 'text',
    'naïve ☃ 🌍': 'text',
    ' padded ': 'text',
    select: 'int',
    '1st': 'int',
    '=1+1': 'text',
    'Quoted Type': 'frozen<"Quoted Type">',
  }),
  primaryKey: '(("Partition Key"), "order")',
  clusteringOrder: '"order" DESC',
  countColumn: 'order',
  total: () => quotedRows.length,
  writer: 'json',
  batches: () => quotedRows.map((row) => [row]),
};

/** @type {DemoTable} */
export const counters = {
  keyspace: 'every_type',
  name: 'counters',
  comment: 'Counters: their ends, and departures by airport of the first 10,000 flights',
  columns: () => ({ family: 'text', name: 'text', on_time: 'counter', late: 'counter' }),
  primaryKey: '((family), name)',
  countColumn: 'name',
  total: () => 224,
  writer: 'counters',
  async *batches() {
    for (const row of await counterRows()) yield [row];
  },
};

/** @type {DemoTable} */
export const noClustering = {
  keyspace: 'every_type',
  name: 'no_clustering',
  comment: 'No clustering column: US postal codes, one row in each partition',
  columns: () => ({
    zip_code: 'text',
    city: 'text',
    county: 'text',
    state: 'text',
    position: 'frozen<point>',
  }),
  primaryKey: '(zip_code)',
  countColumn: 'zip_code',
  total: () => 42_049,
  writer: 'values',
  async *batches() {
    for await (const zip of csvRows('zipcodes.csv')) yield [zipRow(zip)];
  },
};

/** @type {DemoTable} */
export const wideColumns = {
  keyspace: 'every_type',
  name: 'wide_columns',
  comment: '300 columns',
  columns: () => ({ id: 'int', ...Object.fromEntries(wideColumnNames().map(({ name, type }) => [name, type])) }),
  primaryKey: '(id)',
  countColumn: 'id',
  total: () => WIDE_ROWS,
  writer: 'json',
  batches: () => Array.from({ length: WIDE_ROWS }, (_, id) => [wideRow(id)]),
};

/** @type {DemoTable} */
export const widePartition = {
  keyspace: 'every_type',
  name: 'wide_partition',
  comment: '50,000 rows in one partition: the first flights of 2001',
  columns: () => ({
    series: 'text',
    sequence: 'int',
    departs: 'timestamp',
    origin: 'text',
    destination: 'text',
    delay: 'int',
    distance: 'int',
  }),
  primaryKey: '((series), sequence)',
  countColumn: 'sequence',
  total: () => WIDE_PARTITION_ROWS,
  writer: 'values',
  async *batches() {
    for await (const slice of flightSlices(WIDE_PARTITION_ROWS)) {
      yield* cut(slice.map((flight) => ({ ...flight, series: 'flights of 2001' })));
    }
  },
};

/** @returns {Promise<Row[]>} */
async function counterRows() {
  /** @type {Map<string, { on_time: number, late: number }>} */
  const departures = new Map();
  for await (const slice of flightSlices(10_000)) {
    for (const { origin, delay } of slice) {
      const count = departures.get(origin) ?? { on_time: 0, late: 0 };
      count[delay < 15 ? 'on_time' : 'late'] += 1;
      departures.set(origin, count);
    }
  }
  return [
    { family: 'extreme', name: 'maximum', on_time: '9223372036854775807', late: 1 },
    { family: 'extreme', name: 'minimum', on_time: '-9223372036854775808', late: -1 },
    { family: 'extreme', name: 'one past a double', on_time: '9007199254740993', late: '-9007199254740993' },
    { family: 'extreme', name: 'one counter never counted', on_time: 1 },
    ...[...departures].map(([name, count]) => ({ family: 'departures', name, ...count })),
  ];
}

/**
 * @param {Record<string, string>} zip  A record of zipcodes.csv.
 * @returns {Row}
 */
function zipRow(zip) {
  return {
    zip_code: cell(zip, 'zip_code'),
    city: cell(zip, 'city'),
    county: cell(zip, 'county'),
    state: cell(zip, 'state'),
    position: { latitude: cell(zip, 'latitude'), longitude: cell(zip, 'longitude') },
  };
}

/** @type {[type: string, make: (seed: number) => unknown][]} */
const WIDE_TYPES = [
  ['int', (seed) => seed],
  ['text', (seed) => `value ${seed}`],
  ['bigint', (seed) => `${BigInt(seed) * 1_000_000_000_007n}`],
  ['double', (seed) => seed / 7],
  ['decimal', (seed) => `${seed}.${seed % 100}0`],
  ['boolean', (seed) => seed % 2 === 0],
  ['date', (seed) => new Date(seed * 86_400_000).toISOString().slice(0, 10)],
  ['timestamp', (seed) => new Date(seed * 1_000_003).toISOString()],
  ['uuid', (seed) => `00000000-0000-4000-8000-${String(seed).padStart(12, '0')}`],
  ['set<text>', (seed) => [`a${seed % 10}`, `b${seed % 7}`]],
  ['list<int>', (seed) => [seed, seed + 1]],
  ['inet', (seed) => `10.${(seed >> 16) & 255}.${(seed >> 8) & 255}.${seed & 255}`],
];

function wideColumnNames() {
  return Array.from({ length: WIDE_COLUMNS - 1 }, (_, index) => {
    const [type, make] = WIDE_TYPES[index % WIDE_TYPES.length] ?? ['int', Number];
    return { name: `c${String(index + 1).padStart(3, '0')}_${type.replaceAll(/\W.*/g, '')}`, type, make };
  });
}

/**
 * @param {number} id
 * @returns {Row}
 */
function wideRow(id) {
  const cells = wideColumnNames().map(({ name, make }, index) => {
    const seed = id * WIDE_COLUMNS + index;
    return [name, seed % 11 === 0 ? null : make(seed)];
  });
  return { id, ...Object.fromEntries(cells) };
}
