import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { resolveSecret } from '@/lib/config';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { Connection } from './plan/command';

const LOGIN = { username: 'spark.cassandra.auth.username', password: 'spark.cassandra.auth.password' } as const;

/** The names of the settings that a login needs; empty: there is none. */
export function secretsOf({ username }: ClusterConfig): string[] {
  return username === undefined ? [] : Object.values(LOGIN);
}

/**
 * A cluster's connection as the connector takes it, with what it cannot take.
 * @throws ConfigurationError when a secret cannot be read; Failure when the cluster cannot be reached
 */
export async function connectionOf(cluster: Cluster): Promise<{
  readonly connection: Connection;
  readonly secrets: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}> {
  const { config } = cluster;
  const { localDatacenter } = await cluster.identity();
  const username = resolveSecret(`${config.name}.username`, config.username);
  const password = resolveSecret(`${config.name}.password`, config.password);
  const tls = config.tls !== undefined && config.tls !== false;
  return {
    connection: { contactPoints: config.contactPoints, port: config.port, localDatacenter, tls },
    secrets: new Map(
      username === undefined
        ? []
        : [
            [LOGIN.username, username],
            [LOGIN.password, password ?? ''],
          ],
    ),
    notes: [
      ...(config.addressMap === undefined
        ? []
        : ['The connector knows no addressMap: Spark must reach the addresses that the cluster announces.']),
      ...(tls
        ? [
            'TLS: the connector reads Java key stores, not PEM files. Set spark.cassandra.connection.ssl.trustStore.path, see docs/spark.md.',
          ]
        : []),
    ],
  };
}
