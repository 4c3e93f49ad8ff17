/**
 * `npm run bench:client -- --directory RECORDING [--rounds 5]`: what an export costs Ringside alone. A replay node in a
 * process of its own answers from memory what `npm run bench:replay -- record` kept, and the command line exports the
 * table from it: into one file, and into parts by one and two threads. Prints processor time, user and system: unlike wall time it means the same on a busy machine.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ROOT } from '../scripts/support/paths.mjs';
import { readRecording } from './replay/files.mjs';
import { median } from './support/measure.mjs';

const MEASURING = pathToFileURL(join(ROOT, 'bench', 'support', 'cpu-on-exit.mjs')).href;

const { values } = parseArgs({
  options: {
    directory: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    address: { type: 'string', default: '127.0.0.71' },
    port: { type: 'string', default: '9042' },
  },
});
const { directory, address, port } = values;
if (directory === undefined) throw new Error('Name the recording with --directory.');
const table = readRecording(directory).tables.at(-1);
const rows = table?.tokens?.length ?? 0;
if (table === undefined || rows === 0) throw new Error('The recording has no rows.');
const name = `${table.keyspace}.${table.name}`;

const place = ['--directory', directory, '--address', address, '--port', port];
const replay = spawn(process.execPath, [join(ROOT, 'bench', 'replay.mjs'), 'serve', ...place], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const folder = mkdtempSync(join(tmpdir(), 'ringside-client-'));
try {
  const ended = once(replay, 'exit').then(() => Promise.reject(new Error('The replay node did not start.')));
  ended.catch(() => undefined);
  await Promise.race([once(replay.stdout, 'data'), ended]);
  // The first one bundles the command line if it has changed.
  await cpuSeconds('--query', `SELECT * FROM ${name} LIMIT 1`);
  const contenders = {
    start: ['--query', `SELECT * FROM ${name} LIMIT 1`],
    csv: [name, '--format', 'csv'],
    ndjson: [name, '--format', 'ndjson'],
    'csv, parts': [name, '--format', 'csv', '--threads', '1'],
    'csv, two threads': [name, '--format', 'csv', '--threads', '2'],
    'ndjson, parts': [name, '--format', 'ndjson', '--threads', '1'],
    'ndjson, two threads': [name, '--format', 'ndjson', '--threads', '2'],
  };
  /** @type {Map<string, number[]>} */
  const seconds = new Map(Object.keys(contenders).map((what) => [what, []]));
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [what, args] of Object.entries(contenders)) seconds.get(what)?.push(await cpuSeconds(...args));
  }
  for (const [what, list] of seconds) {
    const figures = `median ${median(list).toFixed(2)} s, least ${Math.min(...list).toFixed(2)} s`;
    process.stdout.write(`${what.padEnd(19)} ${figures} of processor time\n`);
  }
  process.stdout.write(`${rows.toLocaleString('en')} rows; start: the first row and nothing more\n`);
} finally {
  replay.kill();
  rmSync(folder, { recursive: true });
}

/** @param {readonly string[]} args of `ringside export` @returns {Promise<number>} user and system time of the whole process */
async function cpuSeconds(...args) {
  const output = join(folder, args.includes('--threads') ? 'parts/' : 'rows');
  const file = ['--contact-points', `${address}:${port}`, '-o', output, '--force', '--quiet'];
  const program = ['--import', MEASURING, join(ROOT, 'scripts', 'ringside.mjs'), 'export', ...args, ...file];
  const child = spawn(process.execPath, program, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (data) => {
    printed += data;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The export ended with ${code}.`);
  return Number(printed);
}
