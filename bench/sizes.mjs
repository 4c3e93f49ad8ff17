import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './support/bench.mjs';
import { keepPart, megabytes, thousands } from './support/results.mjs';
import { download, KEYSPACE } from './unload.mjs';

/** @typedef {import('./support/bench.mjs').Bench} Bench */

/** Unusual cells and columns: the table's name, and how it is loaded. */
const SHAPES = [
  { what: '100,000 rows with a cell of 1 KB', table: 'cells_1kb', args: ['--rows', '100000'] },
  { what: '2,000 rows with a cell of 100 KB', table: 'cells_100kb', args: ['--rows', '2000'] },
  { what: '40 rows with a cell of 10 MB', table: 'cells_10mb', args: ['--rows', '40'] },
  { what: '20,000 rows of 500 columns', table: 'wide_500', args: ['--rows', '20000'] },
];

/**
 * The same export on tables of other sizes and shapes: does memory grow, does it stay as fast?
 * @param {Bench} bench
 */
export async function measureSizes(bench) {
  const directory = mkdtempSync(join(tmpdir(), 'ringside-bench-'));
  const tables = [
    ...bench.sizes.map((rows) => ({
      what: `${thousands(rows)} rows of 11 columns`,
      table: rows === bench.rows ? 'mixed' : `mixed_${rows}`,
      args: ['--rows', String(rows)],
    })),
    ...SHAPES,
  ];
  /** @type {string[][]} */
  const rows = [];
  try {
    for (const { what, table, args } of tables) {
      load(bench, ['--table', table, ...args]);
      for (const format of ['csv', 'parquet']) {
        const run = await download(bench, { keyspace: KEYSPACE, table, format }, join(directory, 'file'));
        const line = [
          what,
          format,
          thousands(run.rows / run.seconds),
          (run.bytes / run.seconds / 1e6).toFixed(1),
          megabytes(run.peak),
          megabytes(run.peak - run.idle),
        ];
        process.stdout.write(`${line.join('  ')}\n`);
        rows.push(line);
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  keepPart('sizes', {
    order: 2,
    title: 'Cost against size',
    about:
      'One export over HTTP each, one after another, from the same server. “Over idle” is the memory on top of what the server held just before.',
    columns: ['table', 'format', 'rows/s', 'MB/s of file', 'peak memory', 'over idle'],
    rows,
  });
}
