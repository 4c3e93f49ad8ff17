import cassandra from 'cassandra-driver';
import { until } from './until.mjs';

const AGREEMENT_TIMEOUT_MS = 10_000;

/** The driver's own wait: an internal of its pinned version, without which each change of the schema only takes longer. */
const WAIT = '_waitForSchemaAgreement';

/**
 * A client for those who change the schema often. Behind each change the driver looks every half second at what one node
 * has heard of the others, and gossip travels once a second; this asks each node itself, and goes on when all agree.
 */
export class AgreeingClient extends cassandra.Client {
  /**
   * @param {unknown} connection
   * @returns {Promise<boolean>}
   */
  async [WAIT](connection) {
    const asking = until(() => haveOneSchema(this), { timeoutMs: AGREEMENT_TIMEOUT_MS, everyMs: 20 });
    // A node that cannot be asked is known by hearsay only.
    const agreed = await asking.catch(() => undefined);
    return agreed ?? Reflect.get(cassandra.Client.prototype, WAIT).call(this, connection);
  }
}

/**
 * @param {cassandra.Client} client
 * @returns {Promise<boolean>} whether all nodes that are up have the same schema, by their own word
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
