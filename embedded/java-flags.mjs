/** Parts of the JDK that Cassandra reaches into by reflection (conf/jvm17-server.options of its source tree). */
const OPENS = [
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.lang.module',
  'java.base/java.lang.reflect',
  'java.base/java.nio',
  'java.base/java.util',
  'java.base/java.util.concurrent',
  'java.base/java.util.concurrent.atomic',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.util.jar',
  'java.base/sun.nio.ch',
  'jdk.management/com.sun.management.internal',
];
const EXPORTS = [
  'java.base/java.lang.ref',
  'java.base/jdk.internal.misc',
  'java.base/jdk.internal.ref',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.sql/java.sql',
  'jdk.unsupported/sun.misc',
];

/** What the server and nodetool both need on Java 11 and 17. */
export const MODULE_FLAGS = [
  ...OPENS.flatMap((name) => ['--add-opens', `${name}=ALL-UNNAMED`]),
  ...EXPORTS.flatMap((name) => ['--add-exports', `${name}=ALL-UNNAMED`]),
];

/** Switches of the virtual machine that do not depend on the node. */
export const SERVER_FLAGS = [
  '-Djdk.attach.allowAttachSelf=true',
  '-Dio.netty.tryReflectionSetAccessible=true',
  '-Djava.net.preferIPv4Stack=true',
  '-XX:+UseG1GC',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:+PerfDisableSharedMem',
  '-Xss512k',
];

/**
 * On one machine gossip needs no time to travel: the waits that make a node take over half a minute to start are for real
 * networks.
 * @param {number} jmxPort where nodetool reaches the node, on 127.0.0.1
 * @returns {string[]}
 */
export function startupProperties(jmxPort) {
  return [
    `-Dcassandra.jmx.local.port=${jmxPort}`,
    '-Dcassandra.ring_delay_ms=2000',
    '-Dcassandra.skip_wait_for_gossip_to_settle=0',
    '-Dcassandra.superuser_setup_delay_ms=0',
  ];
}

/**
 * @param {number} heapMb
 * @returns {string[]} a fixed heap, because a growing one stalls the server at the worst moments
 */
export function heapFlags(heapMb) {
  return [`-Xms${heapMb}M`, `-Xmx${heapMb}M`];
}
