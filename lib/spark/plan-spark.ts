import 'server-only';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { readSystem } from '@/lib/cassandra/client/system-reads';
import { readTable } from '@/lib/cassandra/schema/schema';
import { readSizes } from '@/lib/cassandra/schema/sizes';
import { readSpark } from '@/lib/config';
import type { TableName } from '@/lib/contract/common';
import type { SparkConfig } from '@/lib/contract/config-file';
import type { ParsedSparkRequest, SparkColumn, SparkEstimate, SparkPlan } from '@/lib/contract/spark';
import type { Mapping } from '@/lib/contract/transforms';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { schemaLookup, type TableShape, udtLookup } from '@/lib/cql/schema-lookup';
import type { UdtLookup } from '@/lib/cql/type-text';
import { guardrailName } from '@/lib/edit/guardrail';
import { readEnvironment } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { MAX_TOKEN } from '@/lib/ring/murmur3';
import { version } from '@/package.json';
import { connectionOf, secretsOf } from './connection';
import { PROPERTIES_FILE, SCRIPT_FILE } from './files';
import { ownEnvironment } from './find-submit';
import { columnsInSpark, tableProblems, targetProblems } from './plan/columns';
import { propertiesText, settingsOf, submitCommand } from './plan/command';
import { estimateOf } from './plan/estimate';
import { SparkRefusal } from './plan/sql';
import { listsOf } from './plan/using';
import { scriptOf } from './script-of';
import { unfitSpark } from './unfit';

/** The tables of a request, as they are now. */
interface Tables {
  /** Null: rows come from files. */
  readonly source: TableShape | null;
  /** Null: rows go to files. */
  readonly target: TableShape | null;
  readonly udts: UdtLookup;
}

export interface PlanOptions {
  /** Of all rows that are written; the request's own goes before it. */
  readonly timestampMicros: number;
  /** Whoever is at the prompt may let Spark read and write anywhere; a request of the web only below configured paths. */
  readonly isAnywhere: boolean;
}

export interface PlannedSpark {
  readonly plan: SparkPlan;
  /** Null while there are problems. */
  readonly script: string | null;
  readonly master: string;
}

/**
 * Works out a job on Spark from the schema as it is now: what becomes of each column, the script and its command, an
 * estimate, and whether it can be started from here. Nothing runs.
 * @throws Failure `not_found`, `cluster_unreachable`
 */
export async function planSpark(
  cluster: Cluster,
  request: ParsedSparkRequest,
  options: PlanOptions,
): Promise<PlannedSpark> {
  if (cluster.role !== null) throw needsPassword();
  const config = readSpark();
  const master = request.master ?? config.master;
  const tables = await tablesOf(cluster, request);
  const columns = columnsOf(request, tables);
  const unconfirmed = columns
    .filter(({ verdict, column }) => verdict === 'may_lose' && !request.accepted.includes(column))
    .map(({ column }) => column);
  const [problems, script] = await problemsAndScript(cluster, { request, tables, columns, options });
  const { settings, notes } = await settingsFor(cluster, request, config);
  const secrets = secretsOf(cluster.config);
  const comments = secrets.map(
    (name) => `Add ${name} by hand, and keep the file to yourself: chmod 600 ${PROPERTIES_FILE}`,
  );
  const command = submitCommand(master, { properties: PROPERTIES_FILE, script: SCRIPT_FILE });
  const plan: SparkPlan = {
    ...{ master, columns, unconfirmed, problems, notes: [...notes, ...notesOf(request, tables)] },
    estimate: await estimateFor(cluster, request, master, config),
    files: script === null ? null : { script, command, properties: propertiesText(settings, comments), secrets },
    start: await startOf(request, { cluster, config, master, isAnywhere: options.isAnywhere }),
  };
  return { plan, script, master };
}

async function tablesOf(cluster: Cluster, request: ParsedSparkRequest): Promise<Tables> {
  const shape = async ({ keyspace, table }: { readonly keyspace: string; readonly table: string }) => {
    const { schema } = await readTable(cluster, keyspace, table);
    const found = schemaLookup(schema.keyspaces).table(keyspace, table);
    if (found === undefined) {
      throw new Failure({ code: 'not_found', message: `There is no table ${keyspace}.${table}.`, retryable: false });
    }
    return { found, udts: udtLookup(schema.keyspaces) };
  };
  const named = await shape(request);
  if (request.do === 'export') return { source: named.found, target: null, udts: named.udts };
  if (request.do === 'load') return { source: null, target: named.found, udts: named.udts };
  return { source: named.found, target: (await shape(request.to)).found, udts: named.udts };
}

/** The columns that pass through Spark: of what is read, or of what a load writes. */
function columnsOf(request: ParsedSparkRequest, { source, target }: Tables): SparkColumn[] {
  if (request.do === 'export') {
    const chosen = request.columns;
    const read = source?.columns.filter(({ name }) => chosen === undefined || chosen.includes(name)) ?? [];
    return columnsInSpark(read, request.format);
  }
  if (request.do === 'load') {
    const named = new Set(request.mapping.map(({ to }) => to));
    return columnsInSpark(target?.columns.filter(({ name }) => named.has(name)) ?? [], null);
  }
  const fields = new Set(request.mapping.flatMap(({ from }) => ('field' in from ? [from.field] : [])));
  return columnsInSpark(source?.columns.filter(({ name }) => fields.has(name)) ?? [], null);
}

interface Planning {
  readonly request: ParsedSparkRequest;
  readonly tables: Tables;
  readonly columns: readonly SparkColumn[];
  readonly options: PlanOptions;
}

async function problemsAndScript(cluster: Cluster, planning: Planning): Promise<[string[], string | null]> {
  const { request, tables, columns, options } = planning;
  const { source, target } = tables;
  const chosen = request.do === 'export' ? (request.columns ?? []) : [];
  const unknown = chosen.filter((name) => source?.columns.every((column) => column.name !== name));
  const unreadable = columns.filter(({ verdict }) => verdict === 'unreadable');
  const problems = [
    ...(source === null ? [] : tableProblems(source)),
    ...(target === null ? [] : targetProblems(target)),
    ...(target !== null && cluster.readOnly ? [`${cluster.summary().label} is read-only here.`] : []),
    ...unknown.map((name) => `There is no column “${name}”.`),
    ...unreadable.map(({ column, notes }) => `Leave out “${column}”: ${notes.join(' ')}`),
    ...(source === null ? [] : await filteringProblems(cluster, request, source)),
  ];
  const about = { ringside: version, accepted: request.accepted };
  try {
    const timestampMicros =
      ('timestampMicros' in request ? request.timestampMicros : undefined) ?? options.timestampMicros;
    const script = scriptOf(request, tables, { about, timestampMicros });
    return [problems, problems.length === 0 ? script : null];
  } catch (error) {
    if (error instanceof SparkRefusal) return [[...problems, error.message], null];
    throw error;
  }
}

/**
 * Every read of the connector ends in ALLOW FILTERING, which a guardrail may refuse to all but superusers. So one like them
 * is tried, of no rows.
 */
async function filteringProblems(
  cluster: Cluster,
  { keyspace, table }: TableName,
  { partitionKey }: TableShape,
): Promise<string[]> {
  const key = partitionKey.map(quoteIdentifier).join(', ');
  const name = qualifiedName(keyspace, table);
  const statement = `SELECT ${key} FROM ${name} WHERE token(${key}) > ${MAX_TOKEN} ALLOW FILTERING`;
  try {
    await readSystem(await cluster.client(), statement);
    return [];
  } catch (error) {
    // The job learns whatever else stands in the way of a read.
    if (guardrailName(toFailure(error).error) !== 'allow_filtering') return [];
    return [
      'The guardrail allow_filtering_enabled is false: every read of the connector ends in ALLOW FILTERING, which only superusers may use then.',
    ];
  }
}

async function settingsFor(cluster: Cluster, request: ParsedSparkRequest, config: SparkConfig) {
  const { connection, notes } = await connectionOf(cluster);
  const writing = request.do === 'export' ? null : request;
  const pace = {
    consistency: request.consistency ?? cluster.config.consistency,
    writeConsistency: writing?.writeConsistency ?? ('LOCAL_QUORUM' as const),
    splitMebibytes: request.splitMebibytes,
    readsPerSecond: request.readsPerSecond ?? null,
    concurrentWrites: writing?.concurrentWrites ?? 5,
  };
  // Credentials of an object store are for the job's own file only.
  const hidden = Object.keys(config.properties).map((name) => `The configuration adds ${name}.`);
  return { settings: settingsOf(connection, pace, {}), notes: [...notes, ...hidden] };
}

/**
 * The settings of a job as they go into its own file, secrets included.
 * @throws ConfigurationError when a secret cannot be read
 */
export async function secretProperties(cluster: Cluster, request: ParsedSparkRequest): Promise<string> {
  const config = readSpark();
  const { settings } = await settingsFor(cluster, request, config);
  const { secrets } = await connectionOf(cluster);
  // The connector stays beside the environment that `ringside spark setup` makes, unless the configuration says where.
  const ivy = join(dirname(ownEnvironment(readEnvironment().RINGSIDE_DATA_DIR)), 'ivy');
  return propertiesText(
    new Map([['spark.jars.ivy', ivy], ...Object.entries(config.properties), ...settings, ...secrets]),
  );
}

function notesOf(request: ParsedSparkRequest, { source, target }: Tables): string[] {
  const hasStatic = source?.columns.some(({ kind }) => kind === 'static') === true;
  const isFiltered = 'filters' in request && request.filters.length > 0;
  return [
    'Zero-length values of numbers and times become null.',
    ...(hasStatic ? ['A partition that has static values alone is a row whose clustering key is null.'] : []),
    ...(hasStatic && isFiltered
      ? ['Spark reads the whole table and filters it: the connector loses filters of tables with static columns.']
      : []),
    ...(request.do === 'export' || target === null ? [] : writingNotes(target, request.mapping)),
  ];
}

function writingNotes(target: TableShape, mapping: Mapping): string[] {
  const [list] = listsOf(target, mapping);
  return [
    'Nulls write nothing.',
    list === undefined
      ? 'Write times are fixed, so a second run writes the same.'
      : `A row gets the time of its write: with one fixed time, “${list}” would have its elements twice if Spark wrote it again.`,
  ];
}

async function estimateFor(
  cluster: Cluster,
  request: ParsedSparkRequest,
  master: string,
  config: SparkConfig,
): Promise<SparkEstimate | null> {
  if (request.do === 'load') return null;
  const sizes = await readSizes(cluster);
  const found = sizes.keyspaces
    .find(({ keyspace }) => keyspace === request.keyspace)
    ?.tables.find(({ table }) => table === request.table);
  return estimateOf({
    size: { bytes: found?.bytes ?? null, partitions: found?.partitions ?? null },
    ...{ splitMebibytes: request.splitMebibytes, master, isCopy: request.do === 'copy' },
    ...{ machineCores: availableParallelism(), clusterCores: config.cores ?? null },
  });
}

interface Starting {
  readonly cluster: Cluster;
  readonly config: SparkConfig;
  readonly master: string;
  readonly isAnywhere: boolean;
}

/** Whether it can start from here: what the configuration allows, then whether its Spark is one that the connector works with. */
async function startOf(request: ParsedSparkRequest, starting: Starting): Promise<SparkPlan['start']> {
  const reason = notAllowed(request, starting) ?? (await unfitSpark(starting.config, starting.master));
  return reason === null ? { can: true } : { can: false, reason };
}

/** A start hands Cassandra's login to the master and lets Spark write files, so the configuration says where. */
function notAllowed(request: ParsedSparkRequest, { cluster, config, master, isAnywhere }: Starting): string | null {
  const { tunnel } = cluster.config;
  if (tunnel !== undefined) {
    return `Ringside reaches this cluster through the SSH host ${tunnel.host}, which Spark does not use. Run the command by hand where Spark reaches the nodes.`;
  }
  if (!isAnywhere && master !== config.master) {
    return `This server starts jobs at ${config.master} only. Run the command by hand, or set spark.master.`;
  }
  const paths = pathsOf(request);
  const [outside] = isAnywhere ? [] : paths.filter((path) => !config.paths.some((base) => isBelow(path, base)));
  if (outside !== undefined) {
    return `${outside} is not below a path that spark.paths of the configuration lists. Run the command by hand.`;
  }
  if (request.do === 'export' && request.target === undefined && !master.startsWith('local')) {
    return 'Name a target that every worker of Spark can write to.';
  }
  return null;
}

function pathsOf(request: ParsedSparkRequest): string[] {
  switch (request.do) {
    case 'export':
      return request.target === undefined ? [] : [request.target];
    case 'copy':
      return request.failed === undefined ? [] : [request.failed];
    case 'load':
      return [request.source, request.failed];
    default:
      return request satisfies never;
  }
}

function isBelow(path: string, base: string): boolean {
  return path === base || path.startsWith(base.endsWith('/') ? base : `${base}/`);
}

/** The password of a person's own role is in memory alone. */
function needsPassword(): Failure {
  return new Failure({
    code: 'forbidden',
    message: 'Spark would need the password of your Cassandra role in a file, and Ringside writes it nowhere.',
    hint: 'Let Ringside do the job itself, or sign in another way.',
    retryable: false,
  });
}
