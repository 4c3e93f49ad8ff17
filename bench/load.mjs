/**
 * `npm run bench:load -- [--table mixed] [--rows 1m] [--contact-points HOST:PORT]`
 *
 * Fills a benchmark table. Rows are computed from their index, so every load creates the same ones. If this project runs
 * the Cassandra as a process, the rows are loaded as SSTables, many times faster than inserts; otherwise they are inserted,
 * and the command says so.
 */
import { parseArgs } from 'node:util';
import { explain, Problem } from '../scripts/support/problem.mjs';
import { say, seconds } from '../scripts/support/progress.mjs';
import { SHAPES, shapeOf } from './load/shapes.mjs';
import { loadTable } from './load/table.mjs';

const USAGE = `npm run bench:load -- [options]

  --table NAME               ${Object.keys(SHAPES).join(', ')},
                             or one of these followed by _ and a suffix; default mixed
  --rows N                   such as 100k or 10m; default depends on the table
  --keyspace NAME            default bench
  --replication N            copies of each row, default 1
  --contact-points HOST      host or host:port, default 127.0.0.1
  --port PORT                default 9042
  --ring FILE                the ring's record (ring.json), unless npm start or npm test keeps it
  --inserts                  always insert the rows`;

/** @param {string} text */
function whole(text) {
  const [, digits, unit = ''] = /^(\d+)([km]?)$/i.exec(text) ?? [];
  const value = Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
  if (value >= 1 && value <= 1_000_000_000) return value;
  throw new Problem(`${text} is not a number of rows.`, USAGE);
}

/** @param {string} text */
function name(text) {
  if (/^[a-z][a-z0-9_]{0,47}$/.test(text)) return text;
  throw new Problem(`${text} is not a usable name: use lower-case letters, digits and underscores.`, USAGE);
}

function options() {
  try {
    return parseArgs({
      options: {
        table: { type: 'string', default: 'mixed' },
        rows: { type: 'string' },
        keyspace: { type: 'string', default: 'bench' },
        replication: { type: 'string', default: '1' },
        'contact-points': { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '9042' },
        ring: { type: 'string' },
        inserts: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (cause) {
    throw new Problem('The arguments are not valid.', USAGE, { cause });
  }
}

/** @param {AbortSignal} signal */
async function main(signal) {
  const given = options();
  if (given.help) return say(USAGE);
  const [table, keyspace] = [name(given.table), name(given.keyspace)];
  const shape = shapeOf(table);
  if (shape === undefined) throw new Problem(`There is no benchmark table called ${table}.`, USAGE);
  const { rows, how, why, elapsedMs } = await loadTable({
    keyspace,
    name: table,
    shape,
    signal,
    inserts: given.inserts,
    contactPoint: given['contact-points'].split(',')[0] ?? '127.0.0.1',
    port: Number(given.port),
    rows: given.rows === undefined ? shape.rows : whole(given.rows),
    replication: whole(given.replication),
    ...(given.ring === undefined ? {} : { recordPaths: [given.ring] }),
    onProgress: (text) => say(`  ${keyspace}.${table}: ${text}`),
  });
  const rate = Math.round((rows / elapsedMs) * 1_000).toLocaleString('en');
  const what = `${keyspace}.${table}: ${rows.toLocaleString('en')} rows`;
  if (how === 'there already') return say(`✓ ${what}, there already`);
  if (how === 'inserts') say(`  Inserted row by row: ${why}.`);
  say(`✓ ${what} in ${seconds(elapsedMs)}, ${rate} rows/s (${how})`);
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Problem('Stopped.', 'The next load starts over.')));
try {
  await main(interrupted.signal);
} catch (error) {
  process.stderr.write(`${explain(interrupted.signal.aborted ? interrupted.signal.reason : error)}\n`);
  process.exitCode = 1;
}
