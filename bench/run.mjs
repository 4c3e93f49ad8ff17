/**
 * `npm run bench`: compares Ringside's export and load with the alternatives, measures the cost of an export against the size
 * of the table, and how it copes with slow readers. Starts its own Cassandra node and built server, loads the tables, prints
 * the results and writes docs/benchmarks.md. `--only unload,load-rows,sizes,readers,table-page` repeats some of the parts.
 *
 * `--peers COMMAND` measures other tools in the same rounds: it runs as `COMMAND HOST KEYSPACE TABLE NAME` for each name
 * in `--peer-names`, for loading with `load FILE.csv` after it, and prints
 * `NAME ROWS rows SECONDS s RATE rows/s peak MEGABYTES MB`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startRing } from '../embedded/index.mjs';
import { build } from '../scripts/support/build.mjs';
import { STATE_DIRECTORY } from '../scripts/support/paths.mjs';
import { freePort } from '../scripts/support/ports.mjs';
import { startWeb } from '../scripts/support/web.mjs';
import { measureLoad } from './load-rows.mjs';
import { measureReaders } from './readers.mjs';
import { measureSizes } from './sizes.mjs';
import { pidOfPort } from './support/measure.mjs';
import { writePage } from './support/results.mjs';
import { measureTablePage } from './table-page.mjs';
import { measureUnload } from './unload.mjs';

const PARTS = {
  unload: measureUnload,
  'load-rows': measureLoad,
  sizes: measureSizes,
  readers: measureReaders,
  'table-page': measureTablePage,
};
const ADDRESS = '127.0.0.61';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '100000,1000000,10000000' },
    flights: { type: 'string', default: '3000000' },
    seconds: { type: 'string', default: '60' },
    peers: { type: 'string' },
    'peer-names': { type: 'string', default: 'dsbulk,async,cqlsh,node' },
  },
});

const directory = join(STATE_DIRECTORY, 'bench');
mkdirSync(directory, { recursive: true });
process.stdout.write('starting one Cassandra node\n');
const [ring] = await Promise.all([
  startRing({
    nodes: [{ address: ADDRESS, rack: 'rack1', dc: 'dc1' }],
    directory: join(directory, 'node'),
    heapMb: 2048,
    clusterName: 'ringside-bench',
    // Tables are loaded as SSTable files, which only a node running as a process can take.
    engine: 'jvm',
    persistent: true,
  }),
  build(),
]);
const port = await freePort(['127.0.0.1'], 3300);
const web = await startWeb({
  command: 'start',
  host: '127.0.0.1',
  port,
  clusters: [{ name: 'bench', label: 'Bench', contactPoints: [ADDRESS], port: ring.port, writes: true }],
  logName: 'bench-web.log',
  env: { RINGSIDE_DATA_DIR: join(directory, 'data') },
});
try {
  /** @type {import('./support/bench.mjs').Bench} */
  const bench = {
    url: web.url,
    cluster: 'bench',
    node: `${ADDRESS}:${ring.port}`,
    ring: join(directory, 'node', 'ring.json'),
    directory,
    pid: pidOfPort(port),
    rows: Number(values.rows),
    rounds: Number(values.rounds),
    sizes: values.sizes.split(',').map(Number),
    flights: Number(values.flights),
    flingSeconds: Number(values.seconds),
    peers: values.peers,
    peerNames: values['peer-names'].split(','),
  };
  for (const name of values.only.split(',')) {
    const measure = PARTS[/** @type {keyof typeof PARTS} */ (name)];
    if (measure === undefined) throw new Error(`Unknown part "${name}". Choose from ${Object.keys(PARTS).join(', ')}.`);
    await measure(bench);
    writePage(ring.release);
  }
} finally {
  await web.stop();
  await ring.stop();
}
process.exit();
