import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { heapFlags, MODULE_FLAGS, SERVER_FLAGS, startupProperties } from './java-flags.mjs';
import { cassandraYaml, LOGBACK, QUIET_LOGBACK, rackProperties } from './settings.mjs';

/**
 * Writes the configuration of a node that runs as a process.
 * @param {string} directory the node's own
 * @param {Omit<import('./settings.mjs').NodeSettings, 'directory'> & { dc: string, rack: string }} node
 */
export function writeConfiguration(directory, node) {
  const conf = join(directory, 'conf');
  mkdirSync(conf, { recursive: true });
  writeFileSync(join(conf, 'cassandra.yaml'), cassandraYaml({ ...node, directory }));
  writeFileSync(join(conf, 'cassandra-rackdc.properties'), rackProperties(node.dc, node.rack));
  writeFileSync(join(conf, 'logback.xml'), LOGBACK);
}

/**
 * The arguments of `java` for a server whose configuration {@link writeConfiguration} wrote.
 * @param {{ directory: string, jars: string, heapMb: number, javaFlags: readonly string[], jmxPort: number }} node
 * @returns {string[]}
 */
export function serverArguments({ directory, jars, heapMb, javaFlags, jmxPort }) {
  const conf = join(directory, 'conf');
  const delimiter = process.platform === 'win32' ? ';' : ':';
  return [
    ...MODULE_FLAGS,
    ...SERVER_FLAGS,
    ...heapFlags(heapMb),
    ...javaFlags,
    ...startupProperties(jmxPort),
    `-Dcassandra.config=${pathToFileURL(join(conf, 'cassandra.yaml'))}`,
    `-Dcassandra.storagedir=${directory}`,
    `-Dcassandra.logdir=${join(directory, 'log')}`,
    `-Dlogback.configurationFile=${join(conf, 'logback.xml')}`,
    '-Dcassandra-foreground=yes',
    '-cp',
    [conf, join(jars, '*')].join(delimiter),
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}

/**
 * nodetool as a command line, without port and command. It is part of the server's jars; its own files go into `directory`.
 * @param {{ java: string, jars: string, directory: string }} options
 * @returns {string[]}
 */
export function nodetoolCommand({ java, jars, directory }) {
  const logback = join(directory, 'logback-nodetool.xml');
  writeFileSync(logback, QUIET_LOGBACK);
  return [
    java,
    ...MODULE_FLAGS,
    '-Xmx128M',
    // It keeps a history in the home folder; keep it out of the user's.
    `-Duser.home=${directory}`,
    `-Dcassandra.storagedir=${directory}`,
    `-Dlogback.configurationFile=${logback}`,
    '-cp',
    join(jars, '*'),
    'org.apache.cassandra.tools.NodeTool',
  ];
}
