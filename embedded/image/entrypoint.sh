#!/bin/sh
# Starts Cassandra in the foreground, configured by the variables of the official image.
set -eu
conf=/etc/cassandra
address=${CASSANDRA_LISTEN_ADDRESS:-$(hostname -i | cut -d' ' -f1)}
rpc=${CASSANDRA_RPC_ADDRESS:-0.0.0.0}
cat > "$conf/cassandra.yaml" <<YAML
cluster_name: '${CASSANDRA_CLUSTER_NAME:-Test Cluster}'
num_tokens: ${CASSANDRA_NUM_TOKENS:-16}
partitioner: org.apache.cassandra.dht.Murmur3Partitioner
data_file_directories: [/var/lib/cassandra/data]
commitlog_directory: /var/lib/cassandra/commitlog
saved_caches_directory: /var/lib/cassandra/saved_caches
hints_directory: /var/lib/cassandra/hints
cdc_raw_directory: /var/lib/cassandra/cdc_raw
commitlog_sync: periodic
commitlog_sync_period: 10000ms
seed_provider:
  - class_name: org.apache.cassandra.locator.SimpleSeedProvider
    parameters: [{seeds: "${CASSANDRA_SEEDS:-$address}"}]
listen_address: $address
broadcast_address: ${CASSANDRA_BROADCAST_ADDRESS:-$address}
rpc_address: $rpc
broadcast_rpc_address: ${CASSANDRA_BROADCAST_RPC_ADDRESS:-$address}
native_transport_port: 9042
endpoint_snitch: ${CASSANDRA_ENDPOINT_SNITCH:-SimpleSnitch}
authenticator: AllowAllAuthenticator
authorizer: AllowAllAuthorizer
role_manager: CassandraRoleManager
YAML
printf 'dc=%s\nrack=%s\n' "${CASSANDRA_DC:-dc1}" "${CASSANDRA_RACK:-rack1}" > "$conf/cassandra-rackdc.properties"
# shellcheck disable=SC2086 # JVM_EXTRA_OPTS is a list
exec java @/opt/cassandra/conf/java-flags \
  -Xms"${MAX_HEAP_SIZE:-1G}" -Xmx"${MAX_HEAP_SIZE:-1G}" \
  -Dcassandra.config="file://$conf/cassandra.yaml" \
  -Dcassandra.storagedir=/var/lib/cassandra \
  -Dlogback.configurationFile=/opt/cassandra/conf/logback.xml \
  -Dcassandra.jmx.local.port=7199 \
  -Dcassandra-foreground=yes \
  ${JVM_EXTRA_OPTS:-} \
  -cp "$conf:/opt/cassandra/lib/*" org.apache.cassandra.service.CassandraDaemon
