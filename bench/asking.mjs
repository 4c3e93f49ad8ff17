/**
 * `npm run bench:asking -- --url http://127.0.0.1:3000 --cluster demo --nodes 127.0.0.1,127.0.0.2,127.0.0.3 [--port 9042] [--viewers 20]`
 *
 * What Ringside asks of the nodes while many people look at a cluster, by the nodes' own counts. A running server, and a ring
 * that nothing else uses: each viewer asks for the verdict, the views of the nodes and the topology once a second for a
 * minute. Prints the requests of that minute by node, and the statements of the shared reading that Ringside states.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client, policies } from 'cassandra-driver';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    cluster: { type: 'string', default: 'demo' },
    nodes: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '9042' },
    viewers: { type: 'string', default: '20' },
  },
});
const nodes = values.nodes.split(',').map((address) => `${address}:${values.port}`);
const PATHS = ['verdict', 'node-views', 'topology'].map(
  (name) => `${values.url}/api/clusters/${values.cluster}/${name}`,
);
const MINUTE_MS = 60_000;
const LOOK_MS = 1_000;

/** A connection of the bench itself, which its counts leave out. */
const clients = nodes.map((node) => {
  const loadBalancing = new policies.loadBalancing.AllowListPolicy(new policies.loadBalancing.RoundRobinPolicy(), [
    node,
  ]);
  return new Client({ contactPoints: [node], policies: { loadBalancing }, applicationName: 'ringside-bench' });
});
try {
  // The first look asks each node everything once.
  await look();
  await pause(3 * LOOK_MS);
  const before = await Promise.all(clients.map(requestsOf));
  const until = performance.now() + MINUTE_MS;
  let looks = 0;
  while (performance.now() < until) {
    await Promise.all(Array.from({ length: Number(values.viewers) }, look));
    looks += Number(values.viewers);
    await pause(LOOK_MS);
  }
  const after = await Promise.all(clients.map(requestsOf));
  const { pace } = await (await fetch(PATHS[0] ?? '', { headers: { 'x-ringside': '1' } })).json();
  const counts = nodes.map((_, at) => (after[at] ?? 0) - (before[at] ?? 0));
  console.table(Object.fromEntries(nodes.map((node, at) => [node, { 'requests a minute': counts[at] }])));
  const sum = counts.reduce((total, count) => total + count, 0);
  console.log(
    `${looks} looks of ${values.viewers} viewers: ${sum} requests in the minute, of all kinds; stated: at most ${pace.statementsPerMinute} statements of the shared reading`,
  );
} finally {
  await Promise.all(clients.map((client) => client.shutdown()));
}

async function look() {
  await Promise.all(PATHS.map(async (path) => (await fetch(path, { headers: { 'x-ringside': '1' } })).text()));
}

/**
 * Requests that a node has had over the connections that are open now, without the bench's own.
 * @param {Client} client
 */
async function requestsOf(client) {
  const { rows } = await client.execute('SELECT request_count, client_options FROM system_views.clients');
  return rows
    .filter((row) => row.client_options?.APPLICATION_NAME !== 'ringside-bench')
    .reduce((sum, row) => sum + Number(row.request_count), 0);
}
