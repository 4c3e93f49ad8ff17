import cassandra from 'cassandra-driver';
import { afterAll, describe, expect, it } from 'vitest';
import { AgreeingClient } from './agreeing-client.mjs';

const NODES = (process.env.RINGSIDE_TEST_NODES ?? '').split(',').filter((node) => node !== '');
const KEYSPACE = 'ringside_agreeing_test';

describe('a client that asks each node for its schema', () => {
  const client = new AgreeingClient({
    contactPoints: NODES,
    policies: { loadBalancing: new cassandra.policies.loadBalancing.RoundRobinPolicy() },
  });
  afterAll(async () => {
    await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
    await client.shutdown();
  });

  it('overrides a method that the driver has', () => {
    expect(Reflect.get(cassandra.Client.prototype, '_waitForSchemaAgreement')).toBeTypeOf('function');
  });

  it('continues once every node has the change', async () => {
    await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
    await client.execute(
      `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    );
    for (let n = 0; n < 5; n += 1) {
      await client.execute(`CREATE TABLE ${KEYSPACE}.t${n} (k int PRIMARY KEY)`);
      const found = await Promise.all(client.hosts.values().map((host) => tablesOf(client, host)));
      expect(found).toEqual(NODES.map(() => n + 1));
    }
  });
});

async function tablesOf(client: cassandra.Client, host: cassandra.Host): Promise<number> {
  const query = 'SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?';
  return (await client.execute(query, [KEYSPACE], { host, prepare: true })).rowLength;
}
