// What the verdict, Agreement and the topology cost the server, on 1,000 nodes: `node bench/verdict.mjs [nodes]`.
// Prints processor time, which what else runs on the machine does not lengthen.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const NODES = Number(process.argv[2] ?? 1_000);
const [DATACENTERS, RACKS, TOKENS, TABLES] = [2, 5, 16, 200];
const ROOMS = ['verdict', 'node-views', 'topology', 'test-facts'];

/** Bundles the room as the server's build does, with the facts of its tests. */
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
        lib: {
          entry: Object.fromEntries(ROOMS.map((name) => [name, `lib/health/${name}.ts`])),
          formats: ['es'],
          fileName: (_, name) => `${name}.mjs`,
        },
      },
    });
    const modules = ROOMS.map((name) => import(pathToFileURL(path.join(folder, `${name}.mjs`)).href));
    return Object.assign({}, ...(await Promise.all(modules)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { findingsOf, nodeViewsOf, topologyOf, facts, keyspace, member, network, node, rowsRead, view } = await load();

const place = (/** @type {number} */ at) => ({ datacenter: `dc${at % DATACENTERS}`, rack: `rack${at % RACKS}` });
const all = Array.from({ length: NODES }, (_, at) => at);
const gossip = rowsRead(all.map((at) => view(at, 'up', place(at))));
const disk = rowsRead(Array.from({ length: TABLES }, (_, at) => ({ keyspace: 'shop', table: `t${at}`, value: 2_000 })));
const replication = network({ dc0: '3', dc1: '3' });
const given = facts({
  nodes: all.map((at) => node(at, { gossip, disk }, place(at))),
  members: all.map((at) => {
    const tokens = Array.from({ length: TOKENS }, () => randomBytes(8).readBigInt64BE());
    return { ...member(at, place(at).datacenter, place(at).rack, tokens) };
  }),
  keyspaces: [keyspace('shop', replication)],
});
const options = { clusterName: 'large', partitioner: 'Murmur3Partitioner', keyspace: { name: 'shop', replication } };

measure('the findings, first', () => findingsOf(given));
measure('the findings, while members stay the same', () => findingsOf(given));
measure('what nodes say of each other', () => nodeViewsOf(given));
measure('the topology', () => topologyOf(given, options));

/**
 * @param {string} what
 * @param {() => unknown} work
 */
function measure(what, work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  console.log(`${NODES} nodes, ${what}: ${((user + system) / 1_000).toFixed(0)} ms`);
}
