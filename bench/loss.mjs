// The page's time to say what a loss of nodes costs, on a ring of 1,000 nodes: `node bench/loss.mjs [tokens a node]`.
// Prints processor time: of placing every range, which is done once, and of one loss after another, which every press needs.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const NODES = 1_000;
const DATACENTERS = 2;
const RACKS = 5;
const LOSSES = 20;

/** Bundles the room as the page's build does. */
async function load() {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-bench-'));
  try {
    await build({
      root,
      logLevel: 'warn',
      configFile: false,
      resolve: { alias: { '@': root } },
      build: {
        outDir: folder,
        emptyOutDir: false,
        minify: false,
        target: 'node20',
        lib: { entry: 'lib/ring/loss.ts', formats: ['es'], fileName: () => 'loss.mjs' },
      },
    });
    return await import(pathToFileURL(path.join(folder, 'loss.mjs')).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { rangeRing, placeRanges, lossOf } = await load();

function nodesWith(/** @type {number} */ tokens) {
  return Array.from({ length: NODES }, (_, index) => ({
    id: `n${index}`,
    datacenter: `dc${index % DATACENTERS}`,
    rack: `r${Math.floor(index / DATACENTERS) % RACKS}`,
    tokens: Array.from({ length: tokens }, () => randomBytes(8).readBigInt64BE()),
  }));
}

/** Processor time of this process: what else runs on the machine does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const ms = (/** @type {number | undefined} */ value) => `${(value ?? 0).toFixed(0)} ms`;

for (const tokens of process.argv[2] === undefined ? [16, 256] : [Number(process.argv[2])]) {
  const nodes = nodesWith(tokens);
  const replication = {
    kind: 'network',
    factors: new Map([
      ['dc0', 3],
      ['dc1', 3],
    ]),
  };
  const started = cpuMs();
  const placed = placeRanges(rangeRing(nodes), replication);
  const placing = cpuMs() - started;
  const times = Array.from({ length: LOSSES }, (_, loss) => {
    const from = cpuMs();
    lossOf(placed, (/** @type {string} */ id) => (id === `n${loss}` || id === `n${loss + 500}` ? 'down' : 'up'));
    return cpuMs() - from;
  }).sort((a, b) => a - b);
  console.log(
    `${NODES} nodes × ${tokens} tokens, 3 + 3 replicas: placing ${ms(placing)}; a loss ${ms(times[LOSSES >> 1])} median, ${ms(times.at(-1))} slowest`,
  );
}
