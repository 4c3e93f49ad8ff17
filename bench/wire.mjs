// The cost of turning undecoded rows into text: `node bench/wire.mjs [rounds] [format…]`. Prints ns per row for each format.
import { bundled } from './support/bundle.mjs';

const ROWS_PER_PAGE = 5000;
const PAGES_PER_ROUND = 40;
const DIFFERENT_PAGES = 8;

const FILE_CHUNK_BYTES = 256 * 1024;
const turn = () => new Promise((resolve) => setImmediate(resolve));

const native = (/** @type {string} */ name) => ({ kind: 'native', name });

const COLUMNS = [
  ['id', native('uuid')],
  ['day', native('date')],
  ['at', native('timestamp')],
  ['customer', native('text')],
  ['note', native('text')],
  ['quantity', native('int')],
  ['sequence', native('bigint')],
  ['price', native('decimal')],
  ['weight', native('double')],
  ['shipped', native('boolean')],
  ['tags', { kind: 'list', of: native('text') }],
].map(([name, type]) => ({ name, type }));

/** @param {number} count */
function bytesOf(count, fill = (/** @type {DataView} */ _view) => {}) {
  const bytes = Buffer.alloc(count);
  fill(new DataView(bytes.buffer, bytes.byteOffset, count));
  return bytes;
}

function cell(/** @type {Buffer} */ bytes) {
  return Buffer.concat([bytesOf(4, (view) => view.setInt32(0, bytes.length)), bytes]);
}

/** A page body with realistic, varied values, from a seeded generator so that runs can be compared. */
function page(/** @type {number} */ seed) {
  let state = seed;
  const random = (/** @type {number} */ below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const cells = [];
  for (let row = 0; row < ROWS_PER_PAGE; row++) {
    cells.push(
      cell(Buffer.from(Array.from({ length: 16 }, () => random(256)))),
      cell(bytesOf(4, (v) => v.setUint32(0, 2 ** 31 + 19000 + random(1000)))),
      cell(bytesOf(8, (v) => v.setBigInt64(0, 1700000000000n + BigInt(random(2 ** 31))))),
      cell(Buffer.from(`customer ${random(100000)}`)),
      cell(
        Buffer.from(row % 5 === 0 ? 'left “at the door”, naïve café' : 'delivered to the front desk, signed by J. Doe'),
      ),
      cell(bytesOf(4, (v) => v.setInt32(0, random(1000)))),
      cell(bytesOf(8, (v) => v.setBigInt64(0, BigInt(random(2 ** 32)) * 4096n))),
      cell(Buffer.from([0, 0, 0, 2, random(128), random(256), random(256)])),
      row % 2
        ? cell(bytesOf(8, (v) => v.setFloat64(0, random(100000) / 100)))
        : cell(bytesOf(8, (v) => v.setFloat64(0, random(2 ** 32) / 7))),
      cell(Buffer.from([row & 1])),
      cell(Buffer.concat([bytesOf(4, (v) => v.setInt32(0, 2)), cell(Buffer.from('fragile')), cell(Buffer.from('eu'))])),
    );
  }
  return Buffer.concat(cells);
}

const { ArrayRowWriter, endSteps, pageSteps, rowWriter, TextSink } = await bundled([
  'lib/wire/text-row-writer.ts',
  'lib/wire/sink.ts',
  'lib/wire/page-steps.ts',
  'lib/wire/row-writer.ts',
]);
const bodies = Array.from({ length: DIFFERENT_PAGES }, (_, i) => page(12345 + i * 7919));
const bodyBytes = bodies.reduce((sum, body) => sum + body.length, 0);
const rounds = Number(process.argv[2] ?? 7);
const only = process.argv.slice(3);

const LIMIT = { bytes: 256 * 1024 * 1024, hint: '' };

const table = {
  keyspace: 'shop',
  table: 'orders',
  columns: COLUMNS.map(({ name, type }, i) => ({ name, type, kind: i === 0 ? 'partition_key' : 'regular' })),
};
const parquet = (/** @type {object} */ options) => () => rowWriter({ format: 'parquet', parquet: options }, COLUMNS);
const WRITERS = {
  grid: () => Object.assign(new ArrayRowWriter(COLUMNS, new TextSink()), { begin: () => {} }),
  csv: () => rowWriter({ format: 'csv' }, COLUMNS),
  ndjson: () => rowWriter({ format: 'ndjson' }, COLUMNS),
  json: () => rowWriter({ format: 'json' }, COLUMNS),
  cql: () => rowWriter({ format: 'cql', table }, COLUMNS),
  parquet: parquet({}),
  'parquet decimal': parquet({ decimal: 2 }),
  'parquet plain': parquet({ compression: 'none' }),
};

console.log(
  `${ROWS_PER_PAGE} rows a page, ${COLUMNS.length} columns, ${Math.round(bodyBytes / DIFFERENT_PAGES / ROWS_PER_PAGE)} bytes a row`,
);
for (const [name, open] of Object.entries(WRITERS)) {
  if (only.length > 0 && !only.includes(name)) continue;
  const times = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round++) {
    const writer = open();
    bytes = 0;
    const start = process.cpuUsage();
    writer.begin();
    for (let i = 0; i < PAGES_PER_ROUND; i++) {
      const body = bodies[i % DIFFERENT_PAGES] ?? Buffer.alloc(0);
      for (const { chunks } of pageSteps(writer, { body, rows: ROWS_PER_PAGE }, 0, LIMIT)) {
        for (const chunk of chunks) bytes += chunk.length;
        if (writer.sink.length >= FILE_CHUNK_BYTES) bytes += writer.sink.take().length;
        if (process.env.TURNS !== undefined) await turn();
      }
    }
    for (const { chunks } of endSteps(writer)) for (const chunk of chunks) bytes += chunk.length;
    bytes += writer.sink.length;
    const used = process.cpuUsage(start);
    times.push(((used.user + used.system) * 1000) / (PAGES_PER_ROUND * ROWS_PER_PAGE));
  }
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? 0;
  console.log(
    `${name.padEnd(16)} ${median.toFixed(0)} ns per row (best ${(times[0] ?? 0).toFixed(0)}), ${Math.round(bytes / PAGES_PER_ROUND / ROWS_PER_PAGE)} bytes a row`,
  );
}
