import { createHash } from 'node:crypto';

/** Tokens per node, as in Cassandra's own default configuration. */
export const TOKENS_PER_NODE = 16;

/**
 * Settings in which Ringside's nodes differ from the server's defaults, as processes and in containers alike: optional
 * features are on, so that a dashboard can show them.
 */
export const COMMON_SETTINGS = {
  user_defined_functions_enabled: true,
  materialized_views_enabled: true,
  sasi_indexes_enabled: true,
  // Only demo and test data is dropped here; snapshots of it would just fill the disk.
  auto_snapshot: false,
};

/** Cassandra 4.0's names for settings that 4.1 renamed (NEWS.txt of 4.1). */
const NAMES_IN_4_0 = {
  user_defined_functions_enabled: 'enable_user_defined_functions',
  materialized_views_enabled: 'enable_materialized_views',
  sasi_indexes_enabled: 'enable_sasi_indexes',
};

/**
 * The settings of a process besides its place in the ring, under the names of its release.
 * @param {string} version such as 5.0.9
 */
function settingsOf(version) {
  if (!version.startsWith('4.0.')) return { ...COMMON_SETTINGS, commitlog_sync_period: '10000ms' };
  const renamed = Object.entries(COMMON_SETTINGS).map(([name, value]) => [
    NAMES_IN_4_0[/** @type {keyof typeof NAMES_IN_4_0} */ (name)] ?? name,
    value,
  ]);
  return { ...Object.fromEntries(renamed), commitlog_sync_period_in_ms: 10_000 };
}

/**
 * The tokens of one node. They are computed from its index, so that all nodes can start in parallel and every run sees the
 * same ring; they are spread like random ones, so that ownership is uneven as in real rings.
 * @param {number} index
 * @returns {bigint[]} signed 64-bit
 */
export function tokensOf(index) {
  return Array.from({ length: TOKENS_PER_NODE }, (_, token) =>
    createHash('sha256').update(`ringside ${index} ${token}`).digest().readBigInt64BE(0),
  );
}

/**
 * @typedef {object} NodeSettings
 * @property {string} clusterName
 * @property {string} address the node's own loopback address, for clients and for the other nodes
 * @property {number} port CQL
 * @property {number} storagePort between the nodes
 * @property {readonly string[]} seeds
 * @property {number} index in the ring, from 0
 * @property {string} directory for data
 * @property {string} version such as 5.0.9
 * @property {Readonly<Record<string, string>>} [settings] that differ from these
 */

/**
 * A complete cassandra.yaml, as JSON, which is valid YAML.
 * @param {NodeSettings} node
 * @returns {string}
 */
export function cassandraYaml({ clusterName, address, port, storagePort, seeds, index, directory, version, settings }) {
  const all = {
    ...settingsOf(version),
    cluster_name: clusterName,
    num_tokens: TOKENS_PER_NODE,
    initial_token: tokensOf(index).join(','),
    partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
    data_file_directories: [`${directory}/data`],
    commitlog_directory: `${directory}/commitlog`,
    saved_caches_directory: `${directory}/saved_caches`,
    hints_directory: `${directory}/hints`,
    cdc_raw_directory: `${directory}/cdc_raw`,
    commitlog_sync: 'periodic',
    seed_provider: [
      {
        class_name: 'org.apache.cassandra.locator.SimpleSeedProvider',
        parameters: [{ seeds: seeds.map((seed) => `${seed}:${storagePort}`).join(',') }],
      },
    ],
    listen_address: address,
    rpc_address: address,
    native_transport_port: port,
    storage_port: storagePort,
    endpoint_snitch: 'GossipingPropertyFileSnitch',
    authenticator: 'AllowAllAuthenticator',
    authorizer: 'AllowAllAuthorizer',
    role_manager: 'CassandraRoleManager',
    ...settings,
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

/**
 * @param {string} dc
 * @param {string} rack
 * @returns {string} cassandra-rackdc.properties
 */
export function rackProperties(dc, rack) {
  return `dc=${dc}\nrack=${rack}\n`;
}

/** logback.xml: everything to standard output, so that messages of the virtual machine itself go to the same log. */
export const LOGBACK = `<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level [%thread] %date{ISO8601} %logger{20}:%line - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
`;

/** logback.xml of nodetool: its output must not mix with its libraries' logs. */
export const QUIET_LOGBACK = '<configuration><root level="OFF"/></configuration>\n';
