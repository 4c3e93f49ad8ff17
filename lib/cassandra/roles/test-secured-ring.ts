import { vi } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { createRole } from '@/lib/roles/statements';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';

/** Three nodes that check logins and rights, and a client of their first superuser. */
export interface SecuredRing {
  readonly ring: Ring;
  readonly root: AgreeingClient;
  readonly contactPoints: string[];
}

const SETTLED = { timeout: 60_000, interval: 500 };

/**
 * Starts one for the tests of `name`. Roles are on every node, as a cluster of more than one node must have them, and the
 * role `staff` is made.
 * @param network the first three numbers of the nodes' addresses, such as `127.0.45`
 * @param version of Cassandra; absent: the usual one
 */
export async function startSecuredRing(
  name: string,
  { network, directory, version }: { network: string; directory: string; version?: string | undefined },
): Promise<SecuredRing> {
  const contactPoints = [31, 32, 33].map((last) => `${network}.${last}`);
  const login = { username: 'cassandra', password: 'cassandra' };
  const ring = await startRing({
    nodes: contactPoints.map((address) => ({ address })),
    ...{ port: 9042, heapMb: 512, engine: 'jvm', clusterName: `ringside-${name}`, directory },
    javaFlags: ['-XX:TieredStopAtLevel=1', '-Dcassandra.superuser_setup_delay_ms=0'],
    settings: { authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' },
    login,
    ...(version === undefined ? {} : { version }),
  });
  const root = new AgreeingClient({ contactPoints, localDataCenter: 'dc1', credentials: login });
  // The first superuser is made some seconds after the start.
  await vi.waitFor(() => root.execute(createRole('staff', {})), SETTLED);
  await root.execute(
    "ALTER KEYSPACE system_auth WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}",
  );
  await ring.nodetool(['repair', '--full', 'system_auth']);
  return { ring, root, contactPoints };
}
