import { join } from 'node:path';
import { ROOT } from '../scripts/support/paths.mjs';
import { load, loadDemo } from './support/bench.mjs';
import { runTimed } from './support/measure.mjs';
import { keepPart, thousands } from './support/results.mjs';
import { KEYSPACE } from './unload.mjs';

/** @typedef {import('./support/bench.mjs').Bench} Bench */

/** The largest demo table. */
const FLIGHTS = { keyspace: 'flights', table: 'by_origin_day' };

/**
 * Runs bench/browse.mjs, in a real browser, on the table page of the demo's flights, of tables of each size, and of one
 * with 500 columns.
 * @param {Bench} bench
 */
export async function measureTablePage(bench) {
  loadDemo(bench, ['--only', FLIGHTS.keyspace, '--flights', String(bench.flights)]);
  const tables = [
    ...bench.sizes.map((rows) => ({
      what: `${thousands(rows)} rows`,
      table: rows === bench.rows ? 'mixed' : `mixed_${rows}`,
      args: ['--rows', String(rows)],
    })),
    { what: '500 columns', table: 'wide_500', args: ['--rows', '20000'] },
  ];
  /** @type {string[][]} */
  const rows = [];
  /** @param {string} what @param {Found} found */
  const add = (what, found) => {
    rows.push([what, ...CELLS.map(({ cell }) => cell(found))]);
    process.stdout.write(`${rows.at(-1)?.join('  ')}\n`);
  };
  add(`${thousands(bench.flights)} flights`, await browse(bench, FLIGHTS));
  for (const { what, table, args } of tables) {
    load(bench, ['--table', table, ...args]);
    add(what, await browse(bench, { keyspace: KEYSPACE, table }));
  }
  keepPart('table-page', {
    order: 4,
    title: 'The table page',
    about: `In Chromium, from its trace: ${bench.flingSeconds} s of flinging through rows that are read as they come into view, and ${bench.flingSeconds} s while the whole table is also being read; then scrolling through all of it. The browser, Ringside and Cassandra share the two processors. A task’s time is processor time.`,
    columns: ['table', ...CELLS.map(({ title }) => title)],
    rows,
  });
}

/** @typedef {Awaited<ReturnType<typeof browse>>} Found */

/** @type {{ title: string, cell: (found: Found) => string }[]} */
const CELLS = [
  { title: 'first row', cell: ({ firstRow }) => `${firstRow.firstRowMs} ms` },
  { title: '÷ driver’s page', cell: ({ firstRow }) => String(firstRow.ratio) },
  ...flingCells('fling', ({ fling }) => fling),
  ...flingCells('reading on', ({ flingReading }) => flingReading),
  { title: 'jump to 60 %', cell: ({ jumpMs }) => `${jumpMs.median} ms` },
  { title: 'read and scrolled through', cell: ({ through }) => `${through.rows} rows` },
  { title: 'heap before, after', cell: ({ memory }) => `${memory.before.heapMB} MB, ${memory.after.heapMB} MB` },
  { title: 'rows drawn', cell: ({ fling }) => `${fling.viewports} viewports` },
];

/**
 * @param {string} when
 * @param {(found: Found) => Found['fling']} of
 * @returns {{ title: string, cell: (found: Found) => string }[]}
 */
function flingCells(when, of) {
  return [
    { title: `${when}: frame p50, p99`, cell: (found) => `${of(found).frameMsP50}, ${of(found).frameMsP99} ms` },
    {
      title: 'tasks over 16 ms',
      cell: (found) =>
        `${of(found).tasksOver16MsOfWork} of ${of(found).frames} frames, longest ${of(found).longestTaskWorkMs} ms`,
    },
  ];
}

/** @param {Bench} bench @param {{ keyspace: string, table: string }} place */
async function browse({ url, cluster, node, flingSeconds }, { keyspace, table }) {
  const args = ['--url', url, '--cluster', cluster, '--node', node, '--keyspace', keyspace, '--table', table];
  const script = join(ROOT, 'bench', 'browse.mjs');
  const ended = await runTimed(process.execPath, [script, ...args, '--seconds', String(flingSeconds)]);
  if (ended.code !== 0) throw new Error(ended.errors);
  return JSON.parse(ended.output.trimEnd().split('\n').at(-1) ?? '');
}
