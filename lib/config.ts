import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { configFileSchema, type SparkConfig, sparkConfigSchema } from './contract/config-file';
import type { ClusterConfig } from './contract/configuration';
import type { ConfiguredCluster, NetworksConfig } from './contract/networks';
import type { SignInConfig } from './contract/sign-in';
import { ConfigurationError, describeIssues, type Environment, readEnvironment } from './env';

const CONFIG_FILE = 'ringside.config.json';

/**
 * The configured clusters: from `RINGSIDE_CLUSTERS`, otherwise the configuration file, otherwise
 * `RINGSIDE_CONTACT_POINTS`; an empty list if none of them is set.
 * @throws ConfigurationError naming the file or variable and the key at fault
 */
export function readClusters(environment: Environment = readEnvironment()): ConfiguredCluster[] {
  const configuration = readConfiguration(environment);
  if (configuration !== null) return clustersOf(configuration);
  return environment.RINGSIDE_CONTACT_POINTS === undefined ? [] : [clusterFromVariables(environment)];
}

/**
 * The folder of saved statements: `RINGSIDE_STATEMENTS_DIR`, otherwise `statements` of the configuration, otherwise a folder
 * in the data directory.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readStatementsDirectory(environment: Environment = readEnvironment()): string {
  const chosen = environment.RINGSIDE_STATEMENTS_DIR ?? readConfiguration(environment)?.statements;
  return resolve(/* turbopackIgnore: true */ chosen ?? join(environment.RINGSIDE_DATA_DIR, 'statements'));
}

/** What may be loaded, and how much may be uploaded. */
export interface LoadSettings {
  /** Directories whose files may be loaded. */
  readonly directories: readonly string[];
  /** Space for uploaded files. */
  readonly uploadBytes: number;
}

const DEFAULT_UPLOAD_GB = 20;

/** @throws ConfigurationError as {@link readClusters} */
export function readLoadSettings(environment: Environment = readEnvironment()): LoadSettings {
  const { directories = [], uploadGb = DEFAULT_UPLOAD_GB } = readConfiguration(environment)?.load ?? {};
  return { directories, uploadBytes: uploadGb * 1e9 };
}

/**
 * The addresses of webhooks by name, from the configuration alone: they may hold a token.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readWebhooks(environment: Environment = readEnvironment()): ReadonlyMap<string, string> {
  return new Map(Object.entries(readConfiguration(environment)?.webhooks ?? {}));
}

/**
 * Where jobs on Spark run: `spark` of the configuration, otherwise this machine's own cores.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readSpark(environment: Environment = readEnvironment()): SparkConfig {
  return readConfiguration(environment)?.spark ?? sparkConfigSchema.parse({});
}

/**
 * How people sign in; null: nobody does.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readSignIn(environment: Environment = readEnvironment()): SignInConfig | null {
  return readConfiguration(environment)?.signIn ?? null;
}

/**
 * Where Ringside may connect to reach a cluster.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readNetworks(environment: Environment = readEnvironment()): NetworksConfig | undefined {
  return readConfiguration(environment)?.networks;
}

type Configuration = z.output<typeof configFileSchema>;

function clustersOf({ clusters, networks }: Configuration): ConfiguredCluster[] {
  return networks === undefined ? clusters : clusters.map((cluster) => ({ ...cluster, networks }));
}

/** What `RINGSIDE_CLUSTERS` or the file says; null where there is neither. */
function readConfiguration(environment: Environment): Configuration | null {
  if (environment.RINGSIDE_CLUSTERS !== undefined) {
    return parseConfiguration('RINGSIDE_CLUSTERS', environment.RINGSIDE_CLUSTERS);
  }
  const path = resolve(/* turbopackIgnore: true */ environment.RINGSIDE_CONFIG ?? CONFIG_FILE);
  if (existsSync(path)) return parseConfiguration(path, readFileSync(path, 'utf8'));
  if (environment.RINGSIDE_CONFIG === undefined) return null;
  throw new ConfigurationError(`RINGSIDE_CONFIG: the file ${path} does not exist`);
}

function clusterFromVariables(environment: Environment): ClusterConfig {
  const cluster = {
    name: 'cassandra',
    contactPoints: environment.RINGSIDE_CONTACT_POINTS?.split(',').map((node) => node.trim()),
    port: environment.RINGSIDE_PORT,
    localDatacenter: environment.RINGSIDE_LOCAL_DATACENTER,
    username: environment.RINGSIDE_USERNAME,
    password: environment.RINGSIDE_PASSWORD,
    tls: environment.RINGSIDE_TLS,
    writes: environment.RINGSIDE_WRITES,
  };
  const [parsed] = validate('The environment (RINGSIDE_CONTACT_POINTS and related variables)', {
    clusters: [cluster],
  }).clusters;
  if (parsed === undefined) throw new ConfigurationError('RINGSIDE_CONTACT_POINTS names no node');
  return parsed;
}

/** Accepts the shape of the whole file, or just its list of clusters. */
function parseConfiguration(where: string, text: string): Configuration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ConfigurationError(`${where}: not JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
  return validate(where, Array.isArray(value) ? { clusters: value } : value);
}

function validate(where: string, value: unknown): Configuration {
  const parsed = configFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ConfigurationError(describeIssues(where, parsed.error));
}

/**
 * A secret's value, read from where the configuration says.
 * @throws ConfigurationError when the file or variable does not exist
 */
export function resolveSecret(key: string, secret: ClusterConfig['password']): string | undefined {
  if (secret === undefined || typeof secret === 'string') return secret;
  if ('env' in secret) {
    const value = process.env[secret.env];
    if (value === undefined) throw new ConfigurationError(`${key}: the variable ${secret.env} is not set`);
    return value;
  }
  try {
    return readFileSync(resolve(secret.file), 'utf8').trimEnd();
  } catch (cause) {
    throw new ConfigurationError(`${key}: cannot read ${secret.file}`, { cause });
  }
}
