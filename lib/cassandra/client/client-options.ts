import 'server-only';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { auth, type ClientOptions, ExecutionProfile, type Host, policies, types } from 'cassandra-driver';
import { resolveSecret } from '@/lib/config';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { quoteAlways } from '@/lib/cql/identifiers';
import { guardAddresses } from './address-guard';
import { boundFrames } from './frame-bounds';
import { refusalsOf } from './networks';
import { ReplicasFirst, type Routing } from './routing';
import { throughTunnel } from './through-tunnel';

/** Profile for reads of node-local tables (`system.local`, virtual tables): with `host` it reaches every node. */
export const NODE_LOCAL_PROFILE = 'node-local';

const CONNECT_TIMEOUT_MS = 5_000;
const READ_TIMEOUT_MS = 12_000;
const BYTES_PER_MB = 1024 * 1024;

/**
 * The driver's options for a configured cluster.
 * @param keyspace the keyspace for unqualified names in this client's statements
 * @throws ConfigurationError when a secret or certificate that the configuration refers to cannot be read
 */
export function clientOptions(
  config: ConfiguredCluster,
  localDatacenter: string,
  routing: Routing,
  keyspace?: string,
): ClientOptions {
  const connection = connectionOptions(config);
  return {
    ...connection,
    localDataCenter: localDatacenter,
    // The driver puts it into `USE "…"` unescaped.
    ...(keyspace === undefined ? {} : { keyspace: quoteAlways(keyspace).slice(1, -1) }),
    queryOptions: { consistency: types.consistencies.localOne },
    policies: { ...connection.policies, loadBalancing: new ReplicasFirst(localDatacenter, routing) },
    profiles: [new ExecutionProfile(NODE_LOCAL_PROFILE, { loadBalancing: new EveryNodePolicy() })],
  };
}

/** Options for a client that has yet to find out its local datacenter. */
export function discoveryOptions(config: ConfiguredCluster, contactPoint: string): ClientOptions {
  return {
    ...connectionOptions(config),
    contactPoints: [contactPoint],
    policies: { ...connectionOptions(config).policies, loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
  };
}

function connectionOptions(config: ConfiguredCluster): ClientOptions {
  const username = resolveSecret(`${config.name}.username`, config.username);
  const password = resolveSecret(`${config.name}.password`, config.password);
  const sslOptions = tlsOptions(config);
  const options = {
    contactPoints: config.contactPoints.map((point) => config.addressMap?.[point] ?? point),
    // After a schema change Ringside itself waits for the nodes: lib/cassandra/write/schema-agreement.ts.
    protocolOptions: { port: config.port, maxSchemaAgreementWaitSeconds: 0 },
    ...(sslOptions === null ? {} : { sslOptions }),
    ...(username === undefined ? {} : { authProvider: new auth.PlainTextAuthProvider(username, password ?? '') }),
    ...(config.addressMap === undefined
      ? {}
      : { policies: { addressResolution: mappedAddresses(config.addressMap, config.port) } }),
    socketOptions: { connectTimeout: CONNECT_TIMEOUT_MS, readTimeout: READ_TIMEOUT_MS },
    pooling: { warmup: false },
    // Its copy of the schema is in plain objects: a keyspace named `__proto__` would write to all objects.
    isMetadataSyncEnabled: false,
    // The same for what it decodes, because keys of a map come from outside.
    encoding: { map: Map },
    // One node is enough: the others prepare what they need to run. Preparing on all of them waits for each, and one
    // paused node would hold up the first page of every new statement.
    prepareOnAllHosts: false,
    rePrepareOnUp: false,
    monitorReporting: { enabled: false },
  } as ClientOptions & { monitorReporting: { enabled: boolean } };
  const led = throughTunnel(options, config);
  const guarded = guardAddresses(led, refusalsOf(`the cluster “${config.name}”`, config.networks));
  return boundFrames(guarded, config.maxFrameMb * BYTES_PER_MB);
}

/**
 * TLS that checks the server's certificate unless the configuration says otherwise. The driver alone would not: its
 * default is `rejectUnauthorized: false`.
 */
function tlsOptions({ tls }: ClusterConfig): ConnectionOptions | null {
  if (tls === undefined || tls === false) return null;
  if (tls === true) return { rejectUnauthorized: true };
  return {
    rejectUnauthorized: tls.verify,
    ...(tls.ca === undefined ? {} : { ca: readFileSync(resolve(tls.ca)) }),
    ...(tls.cert === undefined ? {} : { cert: readFileSync(resolve(tls.cert)) }),
    ...(tls.key === undefined ? {} : { key: readFileSync(resolve(tls.key)) }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
  };
}

/**
 * For tunnels and NAT: translates the address that a node reports into one that reaches it.
 * The driver accepts only translators of its own class, which its types do not allow us to extend.
 */
function mappedAddresses(
  map: Readonly<Record<string, string>>,
  defaultPort: number,
): policies.addressResolution.AddressTranslator {
  return Object.assign(policies.defaultAddressTranslator(), {
    translate(address: string, port: number, callback: (endpoint: string) => void): void {
      const mapped = map[`${address}:${port}`] ?? map[address] ?? address;
      const isBareIpv6 = /^[0-9a-f:]+$/i.test(mapped) && mapped.split(':').length > 2;
      callback(/:\d+$/.test(mapped) && !isBareIpv6 ? mapped : `${mapped}:${port || defaultPort}`);
    },
  });
}

/**
 * Uses every node of the cluster, whatever its datacenter. Nodes count as remote, so that the driver keeps at most one
 * connection per node for this profile.
 */
class EveryNodePolicy extends policies.loadBalancing.RoundRobinPolicy {
  override getDistance(_host: Host): types.distance {
    return types.distance.remote;
  }
}
