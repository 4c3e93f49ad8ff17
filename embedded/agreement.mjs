import cassandra from 'cassandra-driver';
import { Problem } from '../scripts/support/problem.mjs';
import { until } from '../scripts/support/until.mjs';

/** @typedef {{ username: string, password: string }} Login */

const AGREEMENT_TIMEOUT_MS = 90_000;

/**
 * A client that connects to one node only.
 * @param {string} address
 * @param {number} port
 * @param {string} dc
 * @param {Login} [login]
 */
function clientOf(address, port, dc, login) {
  const { AllowListPolicy, RoundRobinPolicy } = cassandra.policies.loadBalancing;
  return new cassandra.Client({
    contactPoints: [`${address}:${port}`],
    localDataCenter: dc,
    ...(login === undefined ? {} : { credentials: login }),
    policies: { loadBalancing: new AllowListPolicy(new RoundRobinPolicy(), [`${address}:${port}`]) },
    pooling: { coreConnectionsPerHost: { 0: 1, 1: 1 } },
    isMetadataSyncEnabled: false,
  });
}

/**
 * Whether a node knows and reaches all the others.
 * @param {import('cassandra-driver').Client} client
 * @param {number} nodes
 * @returns {Promise<string | undefined>} the node's schema version, undefined until it does
 */
async function schemaSeenBy(client, nodes) {
  try {
    const peers = await client.execute('SELECT tokens, schema_version FROM system.peers');
    const known = peers.rows.filter((row) => row.get('tokens') !== null);
    if (known.length !== nodes - 1) return undefined;
    const local = await client.execute('SELECT schema_version FROM system.local');
    const versions = [...known, ...local.rows].map((row) => String(row.get('schema_version')));
    if (new Set(versions).size !== 1) return undefined;
    // Always three replicas: ALL succeeds only when all of them are up.
    if (nodes >= 3) {
      await client.execute(
        "SELECT status FROM system_distributed.view_build_status WHERE keyspace_name = 'none' AND view_name = 'none'",
        [],
        { consistency: cassandra.types.consistencies.all },
      );
    }
    return versions[0];
  } catch {
    return undefined;
  }
}

/**
 * Waits until every node of a ring knows and reaches every other and all agree on the schema: only then is a first write at
 * ALL certain to succeed. A node alone has nobody to agree with.
 * @param {readonly { address: string, dc: string }[]} nodes
 * @param {number} port
 * @param {Login} [login] of nodes that ask for one
 * @throws {Problem} when they do not agree in time
 */
export async function waitForAgreement(nodes, port, login) {
  if (nodes.length === 1) return;
  const clients = nodes.map(({ address, dc }) => clientOf(address, port, dc, login));
  try {
    const agreed = await until(
      async () => {
        const versions = await Promise.all(clients.map((client) => schemaSeenBy(client, nodes.length)));
        return versions[0] !== undefined && new Set(versions).size === 1;
      },
      { timeoutMs: AGREEMENT_TIMEOUT_MS, everyMs: 300 },
    );
    if (agreed) return;
  } finally {
    await Promise.all(clients.map((client) => client.shutdown()));
  }
  throw new Problem(
    `The ${nodes.length} nodes did not find each other within ${AGREEMENT_TIMEOUT_MS / 1000} s.`,
    'Another ring with the same addresses may be running on this machine. Stop it, then run the command again.',
  );
}
