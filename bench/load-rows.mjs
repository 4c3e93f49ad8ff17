import { mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client, policies } from 'cassandra-driver';
import { ROOT } from '../scripts/support/paths.mjs';
import { mixed } from './load/mixed.mjs';
import { load, terminalArguments } from './support/bench.mjs';
import { median, runPiped, runTimed, watched } from './support/measure.mjs';
import { keepPart, megabytes, roundsText, thousands } from './support/results.mjs';
import { KEYSPACE } from './unload.mjs';

/** @typedef {import('./support/bench.mjs').Bench} Bench */
/** @typedef {{ rows: number, seconds: number, peak: number, cpuSeconds: number }} Run  peak in bytes */
/** @typedef {{ name: string, run: () => Promise<Run> }} Contender */

const FORMATS = ['csv', 'ndjson', 'parquet'];
const TABLE = 'loaded';
const LOOP = 'bare loop of inserts';
const RINGSIDE = join(ROOT, 'scripts', 'ringside.mjs');
const PIECE_BYTES = 16 * 1024 * 1024;

/**
 * Every contender loads the same rows into an empty table, in interleaved rounds, so that all see the same machine
 * conditions.
 * @param {Bench} bench
 */
export async function measureLoad(bench) {
  load(bench, ['--table', 'mixed', '--rows', String(bench.rows)]);
  const directory = mkdtempSync(join(tmpdir(), 'ringside-bench-'));
  try {
    for (const format of FORMATS) await exported(bench, format, fileOf(directory, format));
    const contenders = contendersOf(bench, directory);
    /** @type {Map<string, Run[]>} */
    const runs = new Map(contenders.map(({ name }) => [name, []]));
    for (let round = 0; round <= bench.rounds; round++) {
      for (const { name, run } of contenders) {
        // The first round only warms up the server.
        if (round === 0 && name !== LOOP) continue;
        await emptied(bench);
        const result = await run();
        const rate = `${thousands(result.rows / result.seconds)} rows/s, ${megabytes(result.peak)}`;
        process.stdout.write(`round ${round}  ${name.padEnd(28)} ${rate}, CPU ${result.cpuSeconds.toFixed(1)} s\n`);
        if (result.rows !== bench.rows) throw new Error(`${name} loaded ${result.rows} rows of ${bench.rows}`);
        if (round > 0) runs.get(name)?.push(result);
      }
    }
    keepPart('load-rows', part(bench, runs));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {string} directory @param {string} format */
function fileOf(directory, format) {
  return join(directory, `rows.${format}`);
}

/** @param {Bench} bench @param {string} format @param {string} file */
async function exported(bench, format, file) {
  const args = terminalArguments(bench, [`${KEYSPACE}.mixed`, '--format', format, '-o', file]);
  const { code, errors } = await runTimed(process.execPath, args, { cwd: ROOT });
  if (code !== 0) throw new Error(errors);
}

/** The table, new and empty. @param {Bench} bench */
async function emptied({ node }) {
  const client = new Client({
    contactPoints: [node],
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
    socketOptions: { readTimeout: 120_000 },
  });
  try {
    await client.connect();
    const columns = Object.entries(mixed.columns).map(([column, type]) => `${column} ${type}`);
    await client.execute(
      `CREATE TABLE IF NOT EXISTS ${KEYSPACE}.${TABLE} (${columns.join(', ')}, PRIMARY KEY ${mixed.primaryKey})`,
    );
    await client.execute(`TRUNCATE ${KEYSPACE}.${TABLE}`);
  } finally {
    await client.shutdown();
  }
}

/** @param {Bench} bench @param {string} directory @returns {Contender[]} */
function contendersOf(bench, directory) {
  return [
    { name: LOOP, run: () => loop(bench, fileOf(directory, 'ndjson')) },
    ...FORMATS.map((format) => ({
      name: `Ringside, terminal, ${format}`,
      run: () => terminal(bench, fileOf(directory, format), join(directory, 'work')),
    })),
    ...FORMATS.map((format) => ({
      name: `Ringside, HTTP, ${format}`,
      run: () => overHttp(bench, fileOf(directory, format)),
    })),
    { name: 'Ringside, copy', run: () => copied(bench, join(directory, 'copy')) },
    { name: 'Ringside, export | load', run: () => piped(bench, join(directory, 'work')) },
    ...(bench.peers === undefined
      ? []
      : bench.peerNames.map((name) => ({ name, run: () => peer(bench, name, fileOf(directory, 'csv')) }))),
  ];
}

/** @param {Bench} bench @param {string} file @returns {Promise<Run>} */
async function loop({ node }, file) {
  const script = join(ROOT, 'bench', 'support', 'insert-loop.mjs');
  const { output, errors, peak, cpuSeconds } = await runTimed(process.execPath, [script, node, KEYSPACE, TABLE, file]);
  if (output === '') throw new Error(errors);
  return { ...JSON.parse(output), peak, cpuSeconds };
}

/** @param {Bench} bench @param {string} file @param {string} work @returns {Promise<Run>} */
async function terminal({ node, rows }, file, work) {
  const args = [RINGSIDE, 'load', `${KEYSPACE}.${TABLE}`, file, '--contact-points', node, '--work', work];
  const ended = await runTimed(process.execPath, [...args, '--verify', 'none', '--yes', '--quiet'], { cwd: ROOT });
  rmSync(work, { recursive: true, force: true });
  if (ended.code !== 0) throw new Error(ended.errors);
  // Exit status 0 means that every row was written.
  return { rows, seconds: ended.seconds, peak: ended.peak, cpuSeconds: ended.cpuSeconds };
}

/** From table to table in the same cluster. @param {Bench} bench @param {string} output @returns {Promise<Run>} */
async function copied({ node, rows }, output) {
  const args = [RINGSIDE, 'copy', `${KEYSPACE}.mixed`, `${KEYSPACE}.${TABLE}`, '--contact-points', node, '-o', output];
  const ended = await runTimed(process.execPath, [...args, '--verify', 'none', '--yes', '--quiet'], { cwd: ROOT });
  rmSync(output, { recursive: true, force: true });
  if (ended.code !== 0) throw new Error(ended.errors);
  return { rows, seconds: ended.seconds, peak: ended.peak, cpuSeconds: ended.cpuSeconds };
}

/**
 * The same by a pipe: the memory is the larger of the two processes', the CPU that of both.
 * @param {Bench} bench @param {string} work @returns {Promise<Run>}
 */
async function piped({ node, rows }, work) {
  const from = ['export', `${KEYSPACE}.mixed`, '--format', 'csv', '--contact-points', node, '--quiet'];
  const into = ['load', `${KEYSPACE}.${TABLE}`, '-', '--format', 'csv', '--contact-points', node, '--work', work];
  const ended = await runPiped(
    [process.execPath, RINGSIDE, ...from],
    [process.execPath, RINGSIDE, ...into, '--verify', 'none', '--yes', '--quiet'],
    { cwd: ROOT },
  );
  rmSync(work, { recursive: true, force: true });
  if (ended.code !== 0) throw new Error(ended.errors);
  return { rows, seconds: ended.seconds, peak: ended.peak, cpuSeconds: ended.cpuSeconds };
}

/**
 * Uploaded and loaded; the memory and CPU are the server's.
 * @param {Bench} bench @param {string} file @returns {Promise<Run>}
 */
async function overHttp(bench, file) {
  const startedAt = performance.now();
  const { value, peak, cpuSeconds } = await watched(bench.pid, async () => {
    const upload = await uploaded(bench, file);
    const options = { verify: 'none' };
    const asked = { keyspace: KEYSPACE, table: TABLE, from: { upload }, options };
    const { token, problem } = await sent(bench, 'preview', asked);
    if (token === null) throw new Error(problem);
    return finished(bench, await sent(bench, 'start', { token }));
  });
  return { rows: value, seconds: (performance.now() - startedAt) / 1_000, peak, cpuSeconds };
}

/** @param {Bench} bench @param {string} file */
async function uploaded(bench, file) {
  const { size } = statSync(file);
  const { id } = await sent(bench, 'uploads', { name: basename(file), bytes: size });
  const opened = openSync(file, 'r');
  const piece = Buffer.alloc(PIECE_BYTES);
  for (let at = 0; at < size; ) {
    const bytes = readSync(opened, piece, 0, PIECE_BYTES, at);
    await sent(bench, `uploads/${id}?at=${at}`, piece.subarray(0, bytes));
    at += bytes;
  }
  return id;
}

/** @param {Bench} bench @param {string} path @param {object} body */
async function sent({ url, cluster }, path, body) {
  const response = await fetch(`${url}/api/clusters/${cluster}/load/${path}`, {
    method: 'POST',
    headers: { 'x-ringside': '1' },
    body: Buffer.isBuffer(body) ? Uint8Array.from(body) : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.message);
  return answer;
}

/** Its rows, once it is complete; then it is removed. @param {Bench} bench @param {{ id: string }} job */
async function finished({ url }, { id }) {
  const lines = (await (await fetch(`${url}/api/jobs/${id}`)).text()).trim().split('\n');
  const { state, error, load: standing } = JSON.parse(lines.at(-1) ?? '{}');
  if (state !== 'complete') throw new Error(error?.message ?? state);
  await fetch(`${url}/api/jobs/${id}`, { method: 'DELETE', headers: { 'x-ringside': '1' } });
  return standing.written;
}

/** As for unloading, with `load` and the CSV file as two more arguments. @param {Bench} bench @param {string} name @param {string} file @returns {Promise<Run>} */
async function peer({ node, peers = '' }, name, file) {
  const [host = ''] = node.split(':');
  const line = ['-c', `${peers} "$@"`, 'sh', host, KEYSPACE, TABLE, name, 'load', file];
  const { output, errors } = await runTimed('sh', line);
  const found = /(\d+) rows\s+([\d.]+) s\s+\d+ rows\/s\s+peak (\d+) MB/.exec(output);
  if (found === null) throw new Error(`${name}: ${output}${errors}`);
  return { rows: Number(found[1]), seconds: Number(found[2]), peak: Number(found[3]) * 2 ** 20, cpuSeconds: 0 };
}

/** @param {Bench} bench @param {ReadonlyMap<string, readonly Run[]>} runs */
function part({ rows, rounds }, runs) {
  const rateOf = (/** @type {string} */ name) => median((runs.get(name) ?? []).map((run) => run.rows / run.seconds));
  const others = [...runs.keys()].filter((name) => name !== LOOP && !name.startsWith('Ringside'));
  return {
    order: 2,
    title: `Loading ${thousands(rows)} rows of 11 mixed columns, one node`,
    about: `${roundsText(rounds)}, into an empty table at LOCAL_QUORUM. The bare loop holds all rows as values in memory and only sends prepared inserts, 128 at a time: its time is without start, reading and parsing. Figures for other processes include all of that; over HTTP the upload too, and memory and CPU are the server's. A copy reads a table of the same rows on the same node; of export | load the memory is the larger process's and the CPU that of both.`,
    columns: ['what', 'rows/s', '× bare loop', ...others.map((name) => `× ${name}`), 'peak memory', 'CPU µs a row'],
    rows: [...runs].map(([name, list]) => {
      const cpu = (median(list.map((run) => run.cpuSeconds)) / rows) * 1e6;
      return [
        name,
        thousands(rateOf(name)),
        (rateOf(name) / rateOf(LOOP)).toFixed(2),
        ...others.map((other) => (rateOf(name) / rateOf(other)).toFixed(1)),
        megabytes(Math.max(...list.map((run) => run.peak))),
        cpu > 0 ? cpu.toFixed(1) : '',
      ];
    }),
  };
}
