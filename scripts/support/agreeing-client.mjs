import cassandra from 'cassandra-driver';
import { until } from './until.mjs';

const AGREEMENT_TIMEOUT_MS = 10_000;

/** The driver's own wait: an internal of its pinned version. Without this override schema changes are merely slower. */
const WAIT = '_waitForSchemaAgreement';

/**
 * A client for frequent schema changes. After each change the driver checks every half second what one node has heard from
 * the others, and gossip travels once a second; this asks each node directly, and continues when all agree.
 */
export class AgreeingClient extends cassandra.Client {
  /**
   * @param {unknown} connection
   * @returns {Promise<boolean>}
   */
  async [WAIT](connection) {
    const asking = until(() => haveOneSchema(this), { timeoutMs: AGREEMENT_TIMEOUT_MS, everyMs: 20 });
    // Nodes that do not answer are known only through gossip.
    const agreed = await asking.catch(() => undefined);
    return agreed ?? Reflect.get(cassandra.Client.prototype, WAIT).call(this, connection);
  }
}

/**
 * @param {cassandra.Client} client
 * @returns {Promise<boolean>} whether all nodes that are up report the same schema
 */
async function haveOneSchema(client) {
  const up = client.hosts.values().filter((host) => host.isUp());
  const versions = await Promise.all(
    up.map(async (host) => {
      const { rows } = await client.execute('SELECT schema_version FROM system.local', [], {
        host,
        consistency: cassandra.types.consistencies.one,
        prepare: false,
      });
      return String(rows[0]?.get('schema_version'));
    }),
  );
  return new Set(versions).size === 1;
}
