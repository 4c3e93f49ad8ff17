import cassandra from 'cassandra-driver';
import { AgreeingClient } from '../support/agreeing-client.mjs';
import { DemoError } from './options.mjs';

/**
 * @typedef {object} Connection
 * @property {cassandra.Client} client  Token-aware; reads and writes at LOCAL_QUORUM.
 * @property {string} localDc
 * @property {import('./table.mjs').Features} features  What every node of the cluster can do.
 */

/** Statements that change the schema or start on a busy server take longer than the driver's 12 s. */
const READ_TIMEOUT_MS = 60_000;

/**
 * @param {import('./options.mjs').Options} options
 * @returns {Promise<Connection>}
 * @throws {DemoError} when no contact point answers, or the local datacenter is ambiguous.
 */
export async function connect(options) {
  const contact = { contactPoints: options.contactPoints, protocolOptions: { port: options.port } };
  const hosts = await readHosts(contact);
  const localDc = chooseDatacenter(hosts, options.localDc);
  const copies = hosts.filter((host) => host.datacenter === localDc).length;
  if (options.replication > copies) {
    throw new DemoError(`--replication ${options.replication} needs as many nodes in ${localDc}; it has ${copies}`);
  }
  const client = new AgreeingClient({
    ...contact,
    localDataCenter: localDc,
    socketOptions: { readTimeout: READ_TIMEOUT_MS },
    queryOptions: { consistency: cassandra.types.consistencies.localQuorum, prepare: true, isIdempotent: true },
  });
  await client.connect();
  return { client, localDc, features: { vectors: hosts.every((host) => host.major >= 5) } };
}

/** @param {cassandra.ClientOptions} contact */
async function readHosts(contact) {
  const { RoundRobinPolicy } = cassandra.policies.loadBalancing;
  // The driver needs the datacenter's name before it connects, unless the policy ignores it.
  const client = new cassandra.Client({ ...contact, policies: { loadBalancing: new RoundRobinPolicy() } });
  try {
    await client.connect();
    return client.hosts.values().map((host) => ({
      datacenter: host.datacenter,
      major: host.getCassandraVersion()[0] ?? 0,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DemoError(`no Cassandra at ${contact.contactPoints?.join(', ')}: ${reason}`, { cause: error });
  } finally {
    await client.shutdown();
  }
}

/**
 * @param {{ datacenter: string }[]} hosts
 * @param {string | undefined} asked
 */
export function chooseDatacenter(hosts, asked) {
  const names = [...new Set(hosts.map((host) => host.datacenter))].sort();
  const [first] = names;
  if (asked !== undefined) {
    if (names.includes(asked)) return asked;
    throw new DemoError(`--local-dc ${asked}: the cluster has ${names.join(', ')}`);
  }
  if (first !== undefined && names.length === 1) return first;
  throw new DemoError(`the cluster has several datacenters (${names.join(', ')}): choose one with --local-dc`);
}
