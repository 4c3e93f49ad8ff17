import 'server-only';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { type AuditConfig, auditConfigSchema } from './contract/audit';
import { configFileSchema, type SparkConfig, sparkConfigSchema } from './contract/config-file';
import type { ClusterConfig } from './contract/configuration';
import { ownValue } from './contract/json';
import type { ListedSecrets } from './contract/listed-secrets';
import type { ConfiguredCluster, NetworksConfig } from './contract/networks';
import type { RoleConfig } from './contract/rights';
import type { SignInConfig } from './contract/sign-in';
import { ConfigurationError, describeIssues, type Environment, readEnvironment } from './env';

const CONFIG_FILE = 'ringside.config.json';

/**
 * The configured clusters: from `RINGSIDE_CLUSTERS`, otherwise the configuration file, otherwise
 * `RINGSIDE_CONTACT_POINTS`; an empty list if none of them is set.
 * @throws ConfigurationError naming the file or variable and the key at fault
 */
export function readClusters(environment?: Environment): ConfiguredCluster[] {
  const configuration = configurationIn(environment);
  if (configuration !== null) return clustersOf(configuration);
  const variables = environment ?? readEnvironment();
  return variables.RINGSIDE_CONTACT_POINTS === undefined ? [] : [clusterFromVariables(variables)];
}

/**
 * The folder of saved statements: `RINGSIDE_STATEMENTS_DIR`, otherwise `statements` of the configuration, otherwise a folder
 * in the data directory.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readStatementsDirectory(environment?: Environment): string {
  const { RINGSIDE_STATEMENTS_DIR, RINGSIDE_DATA_DIR } = environment ?? readEnvironment();
  const chosen = RINGSIDE_STATEMENTS_DIR ?? configurationIn(environment)?.statements;
  return resolve(/* turbopackIgnore: true */ chosen ?? join(RINGSIDE_DATA_DIR, 'statements'));
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
export function readLoadSettings(environment?: Environment): LoadSettings {
  const { directories = [], uploadGb = DEFAULT_UPLOAD_GB } = configurationIn(environment)?.load ?? {};
  return { directories, uploadBytes: uploadGb * 1e9 };
}

/**
 * The addresses of webhooks by name, from the configuration alone: they may hold a token.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readWebhooks(environment?: Environment): ReadonlyMap<string, string> {
  return new Map(Object.entries(configurationIn(environment)?.webhooks ?? {}));
}

/**
 * Where jobs on Spark run: `spark` of the configuration, otherwise this machine's own cores.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readSpark(environment?: Environment): SparkConfig {
  return configurationIn(environment)?.spark ?? sparkConfigSchema.parse({});
}

/**
 * How people sign in; null: nobody does.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readSignIn(environment?: Environment): SignInConfig | null {
  return configurationIn(environment)?.signIn ?? null;
}

/**
 * Whether and how it is kept who did what: where people sign in, unless the configuration says otherwise; null: it is not.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readAudit(environment?: Environment): AuditConfig | null {
  const { audit, signIn } = configurationIn(environment) ?? {};
  if (audit === false) return null;
  return audit ?? (signIn === undefined ? null : auditConfigSchema.parse({}));
}

/**
 * Who may do what, as the configuration says now; null where it has no roles.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readRoles(environment?: Environment): readonly RoleConfig[] | null {
  return configurationIn(environment)?.roles ?? null;
}

/**
 * Where Ringside may connect to reach a cluster.
 * @throws ConfigurationError as {@link readClusters}
 */
export function readNetworks(environment?: Environment): NetworksConfig | undefined {
  return configurationIn(environment)?.networks;
}

export type Configuration = z.output<typeof configFileSchema>;

const HELD = Symbol.for('ringside.configuration');

/** The configuration that this process runs with from now on, whatever becomes of its file. */
export function holdConfiguration(configuration: Configuration): void {
  Object.assign(globalThis, { [HELD]: configuration });
}

/** That of an environment, or else the one that is held; null where there is none. */
function configurationIn(environment: Environment | undefined): Configuration | null {
  const { [HELD]: held } = globalThis as { [HELD]?: Configuration };
  if (environment === undefined && held !== undefined) return held;
  return readConfiguration(environment ?? readEnvironment());
}

/** The clusters that a configuration enables, with what else it says of them. */
export function clustersOf({ clusters, networks, secrets = {} }: Configuration): ConfiguredCluster[] {
  return clusters
    .filter(({ disabled }) => disabled !== true)
    .map((cluster) => ({ ...withSecrets(cluster, secrets), ...(networks === undefined ? {} : { networks }) }));
}

/** The cluster with where its secrets are, instead of their names. */
export function withSecrets(cluster: ClusterConfig, secrets: ListedSecrets): ClusterConfig {
  const { username, password } = cluster;
  return {
    ...cluster,
    ...(username === undefined ? {} : { username: foundIn(secrets, username) }),
    ...(password === undefined ? {} : { password: foundIn(secrets, password) }),
  };
}

type Secret = NonNullable<ClusterConfig['password']>;

function foundIn(secrets: ListedSecrets, secret: Secret): Secret {
  if (typeof secret === 'string' || !('secret' in secret)) return secret;
  const listed = ownValue(secrets, secret.secret);
  // The schema has checked it.
  if (listed === undefined) throw new ConfigurationError(`there is no secret “${secret.secret}” in secrets`);
  return 'env' in listed ? { env: listed.env } : { file: listed.file };
}

/** Where the clusters come from. `none`: nothing is configured, and `path` is the file that would be read. */
export type ConfigurationSource =
  | { readonly from: 'file' | 'none'; readonly path: string }
  | { readonly from: 'RINGSIDE_CLUSTERS' | 'RINGSIDE_CONTACT_POINTS' };

export function configurationSource(environment: Environment = readEnvironment()): ConfigurationSource {
  if (environment.RINGSIDE_CLUSTERS !== undefined) return { from: 'RINGSIDE_CLUSTERS' };
  const path = resolve(/* turbopackIgnore: true */ environment.RINGSIDE_CONFIG ?? CONFIG_FILE);
  if (existsSync(path) || environment.RINGSIDE_CONFIG !== undefined) return { from: 'file', path };
  return environment.RINGSIDE_CONTACT_POINTS === undefined
    ? { from: 'none', path }
    : { from: 'RINGSIDE_CONTACT_POINTS' };
}

/** What `RINGSIDE_CLUSTERS` or the file says; null where there is neither. */
function readConfiguration(environment: Environment): Configuration | null {
  const source = configurationSource(environment);
  const text = readConfigurationText(environment);
  return text === null ? null : parseConfiguration(source.from === 'file' ? source.path : source.from, text);
}

/**
 * The configuration as it is written, with its secrets; null where there is none.
 * @throws ConfigurationError when its file is gone
 */
export function readConfigurationText(environment: Environment = readEnvironment()): string | null {
  const source = configurationSource(environment);
  if (source.from === 'RINGSIDE_CLUSTERS') return environment.RINGSIDE_CLUSTERS ?? '';
  return source.from === 'file' ? readConfigurationFile(source.path) : null;
}

/** @throws ConfigurationError when it does not exist or cannot be read */
export function readConfigurationFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const reason = existsSync(path) ? 'cannot be read' : 'does not exist';
    throw new ConfigurationError(`the configuration file ${path} ${reason}`, { cause });
  }
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

/**
 * A configuration from text in the shape of the whole file, or of just its list of clusters.
 * @param where it is from, for messages
 * @throws ConfigurationError naming the key at fault
 */
export function parseConfiguration(where: string, text: string): Configuration {
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
  if ('secret' in secret) throw new ConfigurationError(`${key}: the name of a secret stands for nothing by itself`);
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
