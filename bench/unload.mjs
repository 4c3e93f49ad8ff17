import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../scripts/support/paths.mjs';
import { load, newestExport, terminalArguments } from './support/bench.mjs';
import { median, runTimed, watched } from './support/measure.mjs';
import { keepPart, megabytes, roundsText, thousands } from './support/results.mjs';

/** @typedef {import('./support/bench.mjs').Bench} Bench */
/** @typedef {{ rows: number, seconds: number, peak: number, cpuSeconds: number }} Run  peak in bytes */
/** @typedef {{ name: string, run: () => Promise<Run> }} Contender */

export const KEYSPACE = 'bench';
const FORMATS = ['csv', 'ndjson', 'parquet'];

/**
 * Every contender unloads the same table, in interleaved rounds, so that all see the same machine conditions.
 * @param {Bench} bench
 */
export async function measureUnload(bench) {
  const table = 'mixed';
  load(bench, ['--table', table, '--rows', String(bench.rows)]);
  const directory = mkdtempSync(join(tmpdir(), 'ringside-bench-'));
  const contenders = contendersOf(bench, table, directory);
  /** @type {Map<string, Run[]>} */
  const runs = new Map(contenders.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round <= bench.rounds; round++) {
      for (const { name, run } of contenders) {
        // The first round only warms up the server; tools that start fresh every time skip it.
        if (round === 0 && !name.startsWith('Ringside, HTTP') && name !== 'raw drain') continue;
        const result = await run();
        const rate = `${thousands(result.rows / result.seconds)} rows/s, ${megabytes(result.peak)}`;
        process.stdout.write(`round ${round}  ${name.padEnd(28)} ${rate}, CPU ${result.cpuSeconds.toFixed(1)} s\n`);
        if (result.rows !== bench.rows) throw new Error(`${name} returned ${result.rows} rows of ${bench.rows}`);
        if (round > 0) runs.get(name)?.push(result);
      }
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  keepPart('unload', part(bench, runs));
}

/** @param {Bench} bench @param {string} table @param {string} directory @returns {Contender[]} */
function contendersOf(bench, table, directory) {
  return [
    { name: 'raw drain', run: () => drain(bench, table) },
    ...FORMATS.map((format) => ({
      name: `Ringside, HTTP, ${format}`,
      run: () => download(bench, { keyspace: KEYSPACE, table, format }, join(directory, 'http')),
    })),
    ...FORMATS.map((format) => ({
      name: `Ringside, terminal, ${format}`,
      run: () => terminal(bench, table, format, join(directory, 'terminal')),
    })),
    ...(bench.peers === undefined
      ? []
      : bench.peerNames.map((name) => ({ name, run: () => peer(bench, table, name) }))),
  ];
}

/** @param {Bench} bench @param {string} table @returns {Promise<Run>} */
async function drain({ node }, table) {
  const script = join(ROOT, 'bench', 'support', 'drain.mjs');
  const { output, errors, peak, cpuSeconds } = await runTimed(process.execPath, [script, node, KEYSPACE, table]);
  if (output === '') throw new Error(errors);
  return { ...JSON.parse(output), peak, cpuSeconds };
}

/**
 * An export over HTTP into a file; peak is the server's.
 * @param {Bench} bench
 * @param {object} request
 * @param {string} file
 * @param {readonly string[]} [pace] of download.mjs
 * @returns {Promise<Run & { idle: number, bytes: number }>}
 */
export async function download(bench, request, file, pace = []) {
  const script = join(ROOT, 'bench', 'support', 'download.mjs');
  const url = `${bench.url}/api/clusters/${bench.cluster}/export`;
  const { value, idle, peak, cpuSeconds } = await watched(bench.pid, () =>
    runTimed(process.execPath, [script, url, file, JSON.stringify(request), ...pace]),
  );
  if (value.code !== 0) throw new Error(value.errors);
  const { state, rows } = await newestExport(bench);
  if (state !== 'complete') throw new Error(`the export is ${state}`);
  rmSync(file, { force: true });
  return { rows, ...JSON.parse(value.output), idle, peak, cpuSeconds };
}

/** @param {Bench} bench @param {string} table @param {string} format @param {string} file @returns {Promise<Run>} */
async function terminal(bench, table, format, file) {
  const args = terminalArguments(bench, [`${KEYSPACE}.${table}`, '--format', format, '-o', file]);
  const { code, errors, seconds, peak, cpuSeconds } = await runTimed(process.execPath, args, { cwd: ROOT });
  rmSync(file, { force: true });
  if (code !== 0) throw new Error(errors);
  // Exit status 0 means complete; the tests compare what it wrote.
  return { rows: bench.rows, seconds, peak, cpuSeconds };
}

/** @param {Bench} bench @param {string} table @param {string} name @returns {Promise<Run>} */
async function peer({ node, peers = '' }, table, name) {
  const [host = ''] = node.split(':');
  const { output, errors } = await runTimed('sh', ['-c', `${peers} "$@"`, 'sh', host, KEYSPACE, table, name]);
  const found = /(\d+) rows\s+([\d.]+) s\s+\d+ rows\/s\s+peak (\d+) MB/.exec(output);
  if (found === null) throw new Error(`${name}: ${output}${errors}`);
  return { rows: Number(found[1]), seconds: Number(found[2]), peak: Number(found[3]) * 2 ** 20, cpuSeconds: 0 };
}

/** @param {Bench} bench @param {ReadonlyMap<string, readonly Run[]>} runs */
function part({ rows, rounds }, runs) {
  const rateOf = (/** @type {string} */ name) => median((runs.get(name) ?? []).map((run) => run.rows / run.seconds));
  const ceiling = rateOf('raw drain');
  const others = [...runs.keys()].filter((name) => name !== 'raw drain' && !name.startsWith('Ringside'));
  return {
    order: 1,
    title: `Unloading ${thousands(rows)} rows of 11 mixed columns, one node`,
    about: `${roundsText(rounds)}. Raw drain reads undecoded pages over four token ranges and discards them: nothing can be faster. Figures for whole processes (terminal, other tools) include startup. Over HTTP the memory is the server's, otherwise the process's own.`,
    columns: ['what', 'rows/s', '× raw drain', ...others.map((name) => `× ${name}`), 'peak memory', 'CPU µs a row'],
    rows: [...runs].map(([name, list]) => {
      const cpu = (median(list.map((run) => run.cpuSeconds)) / rows) * 1e6;
      return [
        name,
        thousands(rateOf(name)),
        (rateOf(name) / ceiling).toFixed(2),
        ...others.map((other) => (rateOf(name) / rateOf(other)).toFixed(1)),
        megabytes(Math.max(...list.map((run) => run.peak))),
        cpu > 0 ? cpu.toFixed(1) : '',
      ];
    }),
  };
}
