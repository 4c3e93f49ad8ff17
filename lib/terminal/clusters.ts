import 'server-only';
import { readFileSync } from 'node:fs';
import { readCqlshrc } from '@/lib/cassandra/client/cqlshrc';
import { readClusters } from '@/lib/config';
import { type ClusterConfig, type ClusterConfigInput, clusterConfigSchema } from '@/lib/contract/configuration';
import { describeIssues, readEnvironment } from '@/lib/env';
import type { ClusterArguments } from './arguments';
import { UsageError } from './usage';

type Environment = Readonly<Record<string, string | undefined>>;

const LOCAL: ClusterConfigInput = { name: 'local', contactPoints: ['127.0.0.1'] };

/**
 * The cluster for a command: from the options, otherwise the configured one, otherwise this machine's own.
 * @param writes what is not configured may be written to: whoever names nodes at the prompt could do so with any client
 * @throws UsageError when the options contradict each other, do not choose one of several, or write to a configured cluster
 *   that wants a second person;
 *   ConfigurationError when the configuration is invalid
 */
export function chooseCluster(
  given: ClusterArguments,
  environment: Environment = process.env,
  writes = false,
): ClusterConfig {
  if (given.cluster !== undefined) return configured(given, environment, writes);
  if (given.cqlshrc !== undefined || given.contactPoints !== undefined) return typed(given, environment, writes);
  const clusters = readClusters(readEnvironment(environment));
  const [first] = clusters;
  if (first === undefined) return typed(given, environment, writes);
  if (clusters.length === 1) return configured({ ...given, cluster: first.name }, environment, writes);
  const names = clusters.map(({ name }) => name).join(', ');
  throw new UsageError(`Several clusters are configured. Choose one with --cluster (${names}).`);
}

function configured(given: ClusterArguments, environment: Environment, writes: boolean): ClusterConfig {
  if (given.contactPoints !== undefined || given.cqlshrc !== undefined) {
    throw new UsageError(
      '--cluster selects a configured cluster, so it cannot be combined with --contact-points or --cqlshrc.',
    );
  }
  const clusters = readClusters(readEnvironment(environment));
  const cluster = clusters.find(({ name }) => name === given.cluster);
  if (cluster === undefined) {
    const names = clusters.map(({ name }) => name).join(', ');
    throw new UsageError(
      `No cluster named ${given.cluster} is configured${names === '' ? '' : `; there are ${names}`}.`,
    );
  }
  if (writes && cluster.approval !== undefined) {
    throw new UsageError(
      `${cluster.name} wants a second person for changes, and nobody can approve one at the prompt. Change it on Ringside’s page, where it waits for approval.`,
    );
  }
  return parse({ ...cluster, ...overrides(given, environment), ...tlsOf(given, cluster.tls) });
}

function typed(given: ClusterArguments, environment: Environment, writes: boolean): ClusterConfig {
  const base = given.cqlshrc === undefined ? LOCAL : fromCqlshrc(given.cqlshrc);
  return parse({ ...base, writes, ...overrides(given, environment), ...tlsOf(given, base.tls) });
}

/** The settings of a cqlshrc, including certificates: here its paths are on this machine. */
function fromCqlshrc(path: string): ClusterConfigInput {
  const { connection } = readCqlshrc(readText('--cqlshrc', path));
  const { contactPoints, port, username, password, tls } = connection;
  return {
    name: 'cqlshrc',
    contactPoints,
    port,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls === null || tls === undefined ? {} : { tls: { verify: tls.verify ?? true } }),
  };
}

/** Options that override the configuration. */
function overrides(given: ClusterArguments, environment: Environment): Partial<ClusterConfigInput> {
  const { contactPoints, port, localDatacenter, user, passwordFile } = given;
  const password =
    passwordFile === undefined
      ? user === undefined
        ? undefined
        : environment.RINGSIDE_PASSWORD
      : readText('--password-file', passwordFile).replace(/\r?\n$/, '');
  if (user !== undefined && password === undefined) {
    throw new UsageError('--user needs a password: set RINGSIDE_PASSWORD, or pass --password-file.');
  }
  return {
    ...(contactPoints === undefined
      ? {}
      : { contactPoints: contactPoints.split(',').flatMap((at) => at.trim() || []) }),
    ...(port === undefined ? {} : { port }),
    ...(localDatacenter === undefined ? {} : { localDatacenter }),
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
  };
}

function tlsOf(given: ClusterArguments, base?: ClusterConfigInput['tls']): Pick<ClusterConfigInput, 'tls'> {
  const { tls, tlsCa, tlsCert, tlsKey, tlsServerName, tlsNoVerify } = given;
  const parts = {
    ...(tlsCa === undefined ? {} : { ca: tlsCa }),
    ...(tlsCert === undefined ? {} : { cert: tlsCert }),
    ...(tlsKey === undefined ? {} : { key: tlsKey }),
    ...(tlsServerName === undefined ? {} : { serverName: tlsServerName }),
    ...(tlsNoVerify === undefined ? {} : { verify: false }),
  };
  if (tls === undefined && Object.keys(parts).length === 0) return {};
  return { tls: { ...(typeof base === 'object' ? base : {}), ...parts } };
}

function readText(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${option}: cannot read ${path}.`, { cause });
  }
}

function parse(config: unknown): ClusterConfig {
  const parsed = clusterConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The cluster', parsed.error));
}
