import 'server-only';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { testConnectionApart } from '@/lib/cassandra/client/connect-test-process';
import { testThroughTunnel } from '@/lib/cassandra/client/connect-test-tunnel';
import { editOf, editRefusal, writtenOf } from '@/lib/cluster/cluster-edit';
import { clusterChanges } from '@/lib/cluster/configuration-changes';
import { EMPTY_CONFIGURATION, shownText, withCluster, writtenCluster } from '@/lib/cluster/configuration-text';
import {
  type Configuration,
  clustersOf,
  parseConfiguration,
  readClusters,
  readConfigurationFile,
  resolveSecret,
  withSecrets,
} from '@/lib/config';
import type { ClusterConfig } from '@/lib/contract/configuration';
import type { ClusterEdit, ConfigurationView, EditPlan } from '@/lib/contract/configured';
import { type ConnectTestResponse, connectTestRequestSchema } from '@/lib/contract/connect';
import { ConfigurationError } from '@/lib/env';
import { Failure, invalidRequest } from '@/lib/failure';
import { replaceFile, whyFixed } from './configuration-file';
import type { LiveConfiguration } from './live-configuration';

/** The configuration as the page shows it, without secrets. */
export async function viewOf(live: LiveConfiguration): Promise<ConfigurationView> {
  const { source, invalid, waiting } = live;
  const base = {
    from: source.from,
    waiting: [...waiting],
    invalid: invalid === null ? null : { ...invalid, since: invalid.since.toISOString() },
  };
  if (!('path' in source)) {
    const fixed = `The clusters come from ${source.from}, a variable of the environment, which only a restart can change.`;
    const clusters = readClusters().map(editOf);
    return { ...base, path: null, fixed, revision: null, clusters, secrets: [], networks: { allow: null, deny: [] } };
  }
  const { text, configuration } = readNow(source.path);
  const { clusters = [], secrets = {}, networks } = configuration ?? {};
  return {
    ...base,
    path: source.path,
    fixed: configuration === null ? INVALID : await whyFixed(source.path),
    revision: revisionOf(text),
    clusters: configuration === null ? readClusters().map(editOf) : clusters.map(editOf),
    secrets: Object.entries(secrets).map(([name, { contactPoints }]) => ({ name, contactPoints })),
    networks: { allow: networks?.allow ?? null, deny: networks?.deny ?? [] },
  };
}

const INVALID = 'The file is not valid. Correct it first: then the page can change it.';

/** The file's text; its configuration is null where it is not valid. */
function readNow(path: string): { text: string; configuration: Configuration | null } {
  let text = EMPTY_CONFIGURATION;
  try {
    text = readConfigurationFile(path);
    return { text, configuration: parseConfiguration(path, text) };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const isAbsent = error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT';
    return { text, configuration: isAbsent ? { clusters: [] } : null };
  }
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

interface Planned {
  readonly plan: EditPlan;
  /** The whole file as it would be. */
  readonly text: string;
  readonly configuration: Configuration;
  readonly cluster: ClusterConfig;
}

/**
 * What saving the edit would write, to the letter but for a password that stands in the file. Nothing is written.
 * @throws Failure `invalid_request` when it must not be made, or the file would not be valid
 */
export function planEdit(live: LiveConfiguration, edit: ClusterEdit): Planned {
  const { source } = live;
  if (!('path' in source)) throw invalidRequest(`The clusters come from ${source.from}: nothing here can be kept.`);
  const { text, configuration } = readNow(source.path);
  if (configuration === null) throw invalidRequest(INVALID);
  const before = configuration.clusters.find(({ name }) => name === edit.name);
  const refusal = editRefusal(edit, before);
  if (refusal !== null) throw invalidRequest(refusal);
  const written = writtenCluster(text, edit.name);
  const next = withCluster(text, writtenOf(edit, written?.cluster));
  const valid = validOr(next.text);
  const cluster = valid.clusters.find(({ name }) => name === edit.name);
  if (cluster === undefined) throw new TypeError('The cluster is not in the text that was written.');
  const plan = {
    path: source.path,
    revision: revisionOf(text),
    before: written === undefined ? null : shownText(written.text),
    after: shownText(next.cluster),
    changes: clusterChanges(clustersOf(configuration), clustersOf(valid)),
  };
  return { plan, text: next.text, configuration: valid, cluster };
}

/** @throws Failure `invalid_request` naming the key at fault */
function validOr(text: string): Configuration {
  try {
    return parseConfiguration('ringside.config.json', text);
  } catch (error) {
    if (error instanceof ConfigurationError) throw invalidRequest(error.message);
    throw error;
  }
}

/**
 * Writes the edit into the file and uses it.
 * @param revision of the file that the person saw
 * @throws Failure `version_conflict` when the file is another by now; otherwise as {@link planEdit} and {@link replaceFile}
 */
export function saveEdit(live: LiveConfiguration, edit: ClusterEdit, revision: string): Promise<void> {
  return live.inTurn(async () => {
    const { plan, text } = planEdit(live, edit);
    if (plan.revision !== revision) throw changedSince(plan.path);
    await replaceFile(plan.path, text);
    await live.take(text);
  });
}

function changedSince(path: string): Failure {
  return new Failure({
    code: 'version_conflict',
    message: `${path} has changed since this page read it.`,
    hint: 'Nothing was written. Review the change again: it is made to the file as it is now.',
    retryable: false,
  });
}

/**
 * Tests the connection that the edit describes, with the login that it would have.
 * @throws Failure as {@link planEdit}, or when a secret or certificate cannot be read
 */
export async function testEdit(
  live: LiveConfiguration,
  edit: ClusterEdit,
  signal: AbortSignal,
): Promise<ConnectTestResponse> {
  const { cluster, configuration } = planEdit(live, edit);
  const { networks, secrets = {} } = configuration;
  if (cluster.tunnel !== undefined) {
    return testThroughTunnel({ ...withSecrets(cluster, secrets), ...(networks === undefined ? {} : { networks }) });
  }
  const target = connectTestRequestSchema.parse(targetOf(withSecrets(cluster, secrets)));
  return testConnectionApart(target, signal, networks === undefined ? {} : { networks });
}

function targetOf(cluster: ClusterConfig): object {
  const { name, contactPoints, port, localDatacenter, tls, addressMap } = cluster;
  const [username, password] = [
    resolveSecret(`${name}.username`, cluster.username),
    resolveSecret(`${name}.password`, cluster.password),
  ];
  return {
    contactPoints: contactPoints.slice(0, MOST_TESTED).map((point) => addressMap?.[point] ?? point),
    port,
    ...(localDatacenter === undefined ? {} : { localDatacenter }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    tls: tls === undefined || tls === false ? null : tls === true ? {} : pemsOf(tls),
  };
}

/** As many as the test accepts. */
const MOST_TESTED = 16;

function pemsOf({ ca, cert, key, ...others }: Exclude<ClusterConfig['tls'], boolean | undefined>): object {
  const pem = (path: string | undefined) => (path === undefined ? undefined : readFileSync(resolve(path), 'utf8'));
  return { ...others, caPem: pem(ca), certPem: pem(cert), keyPem: pem(key) };
}
