import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from './support/bench.mjs';
import { keepPart, megabytes } from './support/results.mjs';
import { download, KEYSPACE } from './unload.mjs';

/** @typedef {import('./support/bench.mjs').Bench} Bench */

const MEGABYTE = 1_000_000;
const TABLE_ROWS = 300_000;

/**
 * Readers slower than Cassandra: does anything pile up in the server?
 * @param {Bench} bench
 */
export async function measureReaders(bench) {
  const table = 'mixed_readers';
  load(bench, ['--table', table, '--rows', String(TABLE_ROWS)]);
  const directory = mkdtempSync(join(tmpdir(), 'ringside-bench-'));
  /** @type {string[][]} */
  const rows = [];
  try {
    for (const [what, pace] of /** @type {[string, string[]][]} */ ([
      ['as fast as possible', []],
      ['1 MB/s', [String(MEGABYTE)]],
      ['stalls for a minute', ['0', '60']],
    ])) {
      const run = await download(bench, { keyspace: KEYSPACE, table, format: 'csv' }, join(directory, 'file'), pace);
      rows.push([what, run.seconds.toFixed(1), megabytes(run.peak), megabytes(run.peak - run.idle)]);
      process.stdout.write(`${rows.at(-1)?.join('  ')}\n`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  keepPart('readers', {
    order: 3,
    title: 'Slow readers',
    about: `CSV of ${TABLE_ROWS.toLocaleString('en')} rows over HTTP to readers of different speeds.`,
    columns: ['reader', 'seconds', 'peak memory', 'over idle'],
    rows,
  });
}
