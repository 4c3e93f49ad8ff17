import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Problem } from '../../scripts/support/problem.mjs';
import { nodetool } from '../control.mjs';
import { sstableTool } from './java-tool.mjs';

/**
 * Rows are sorted in memory up to this size while earlier ones are written; each full buffer becomes an SSTable. In Java's
 * memory small rows take ten times as much, and rows of very many columns more than twenty times: each of their cells is a
 * few bytes, but an object of over a hundred.
 */
const [BUFFER_MIB, WIDE_BUFFER_MIB, WIDE_COLUMNS] = [24, 6, 100];
const HEAP_MB = 1_024;

/**
 * @typedef {object} SstableLoad
 * @property {import('./local-ring.mjs').LocalRing} ring
 * @property {string} keyspace as it is named, without quotes
 * @property {string} table likewise
 * @property {string} createTable with the keyspace in it, as the table was made
 * @property {string} insert one `?` for every column, with the keyspace in it
 * @property {number} columns
 * @property {number} replication copies of each row
 * @property {AsyncIterable<Buffer> | Iterable<Buffer>} rows cells of whole rows, see cells.mjs
 * @property {(rows: number) => void} [onRows] rows written so far
 * @property {(step: string) => void} [onStep]
 * @property {AbortSignal | undefined} [signal]
 */

/**
 * Loads rows into a table without inserts: a separate process turns them into SSTables, and `nodetool import` hands these
 * to the nodes. Many times faster than inserts.
 * @param {SstableLoad} load
 * @returns {Promise<number>} the rows
 * @throws {Problem} when a step fails; nothing was imported, unless the message says otherwise
 */
export async function loadAsSstables(load) {
  const { ring, keyspace, table, onStep = () => {} } = load;
  // On the nodes' disk, so that the last node can take the files by renaming them.
  const work = join(ring.record.directory, `import-${process.pid}`);
  const directory = join(work, keyspace, table);
  mkdirSync(directory, { recursive: true });
  try {
    onStep('writing SSTables');
    const rows = await writeSstables(load, work, directory);
    await importEverywhere(load, directory);
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {SstableLoad} load
 * @param {string} work
 * @param {string} directory
 * @returns {Promise<number>}
 */
async function writeSstables({ ring, createTable, insert, columns, rows, onRows, signal }, work, directory) {
  const tool = await sstableTool(ring.record, { heapMb: HEAP_MB, workDirectory: work });
  const [program = '', ...fixed] = tool;
  const bufferMib = columns < WIDE_COLUMNS ? BUFFER_MIB : WIDE_BUFFER_MIB;
  const args = [...fixed, directory, createTable, insert, String(columns), String(bufferMib)];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], signal });
  let [written, errors] = [0, ''];
  const complain = (/** @type {string} */ text) => {
    errors = `${errors}${text}`.slice(-4_000);
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    // Java itself reports there when its memory is full.
    if (!/^\d+$/.test(line)) return complain(`${line}\n`);
    written = Number(line);
    onRows?.(written);
  });
  child.stderr.on('data', complain);
  const closed = once(child, 'close');
  // A later await sees the error; until the rows are written nobody awaits it.
  closed.catch(() => {});
  // Its exit code and output explain how it ended.
  child.stdin.on('error', () => {});
  for await (const bytes of rows) {
    if (child.exitCode !== null || child.stdin.destroyed) break;
    if (child.stdin.write(bytes)) continue;
    await Promise.race([new Promise((resolve) => child.stdin.once('drain', resolve)), closed]);
  }
  child.stdin.end();
  const [code] = await closed;
  signal?.throwIfAborted();
  if (code === 0) return written;
  throw new Problem(
    'The SSTables could not be written.',
    'Check that there is disk space, and memory for a 1 GB heap.',
    {
      cause: errors.trim(),
    },
  );
}

/**
 * @param {SstableLoad} load
 * @param {string} directory
 */
async function importEverywhere({ ring, keyspace, table, replication, onStep = () => {}, signal }, directory) {
  const { recordPath, record } = ring;
  const last = record.nodes.length - 1;
  for (const { index, address } of record.nodes) {
    signal?.throwIfAborted();
    onStep(`importing into ${address}`);
    // Every node imports all rows; those it does not own are removed below.
    const copy = index < last ? ['--copy-data'] : [];
    await nodetool(recordPath, ['import', '--no-tokens', '--no-verify', ...copy, keyspace, table, directory], index);
  }
  for (const { index, address } of record.nodes) {
    if (replication >= record.nodes.length) break;
    onStep(`removing rows of other nodes from ${address}`);
    await nodetool(recordPath, ['cleanup', keyspace, table], index);
  }
}
