import 'server-only';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { Sides } from '@/lib/compare/plan';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import { type CopyPlan, copyRequestSchema } from '@/lib/contract/copy';
import type { Filter } from '@/lib/contract/filters';
import { parseJson } from '@/lib/contract/json';
import type { Copied } from '@/lib/contract/move-counts';
import { type Mapping, mappingSchema, type Step } from '@/lib/contract/transforms';
import { isCopied, runCopy } from '@/lib/copy/copy-kind';
import { FAILED_FILE } from '@/lib/copy/failed';
import { type AskedCopy, copyReviews, type EarlierCopy, planCopy } from '@/lib/copy/plan';
import { type CopyWork, copyWorkSchema, type SourceWork } from '@/lib/copy/request';
import { copySource } from '@/lib/copy/source';
import { findTarget } from '@/lib/copy/target';
import { qualifiedName } from '@/lib/cql/identifiers';
import { whereFilters } from '@/lib/cql/where-filters';
import { describeIssues } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import type { CopyArguments } from './arguments';
import { confirmedBy } from './confirmed';
import { conditionsClause, parseColumns } from './names';
import { AT_THE_PROMPT } from './principal';
import { print } from './print';
import { byteText, grouped } from './progress-line';
import type { Reporter } from './reporter';
import { parseTwoTables, type TwoTables } from './two-tables';
import { UsageError } from './usage';
import { checkEmpty } from './work-directory';

/** What was reviewed, in the copy's directory: `--resume` goes on with it, and cannot go on with anything else. */
const REQUEST_FILE = 'job.json';

interface CopyingCommand {
  readonly clusters: Sides<Cluster>;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** The tables of a copy; its source is the target’s cluster where a query or a file is read. @throws UsageError */
export function copyTables({ tables, query, failed }: CopyArguments): TwoTables {
  const [first = '', second] = tables;
  const hasTable = query === undefined && failed === undefined;
  if (tables.length !== (hasTable ? 2 : 1)) {
    throw new UsageError(
      hasTable ? 'Name two tables: SOURCE and TARGET.' : 'With --query or --failed, name only the target.',
    );
  }
  if (hasTable) return parseTwoTables({ source: first, target: second ?? '' });
  const { target } = parseTwoTables({ source: first, target: first });
  return { source: { ...target, cluster: undefined }, target };
}

/** @throws UsageError for options that contradict each other, before anything is connected */
export function checkCopy(given: CopyArguments): void {
  const { output, dryRun, resume, query, failed, where, allowFiltering, mapping, columns, set, rename, cast } = given;
  if (output === undefined && !dryRun) throw new UsageError('Name a directory for the failed rows: -o DIR.');
  if (resume) return;
  if (query !== undefined && failed !== undefined) throw new UsageError('--query and --failed are two sources.');
  if (where !== undefined && (query ?? failed) !== undefined) throw new UsageError('--where is for a table.');
  if (where === undefined && allowFiltering) throw new UsageError('--allow-filtering needs --where.');
  if (where !== undefined) conditionsClause({ where, allowFiltering });
  if (mapping !== undefined && (columns !== undefined || set.length + rename.length + cast.length > 0)) {
    throw new UsageError('--mapping says it all: leave out --columns, --set, --rename and --cast.');
  }
  if (output !== undefined) checkEmpty(output);
}

/** Shows what a copy would read, create and write, and copies once that is confirmed. */
export async function runCopyCommand(tables: TwoTables, given: CopyArguments, copying: CopyingCommand): Promise<void> {
  const { clusters, signal } = copying;
  if (given.resume) return work(await storedWork(given), given, copying);
  const asked = await askedOf(tables, given, clusters);
  const plan = await planCopy(clusters, asked, AT_THE_PROMPT);
  await print(reviewText(plan));
  if (given.dryRun) return;
  const question = `Copy into ${tables.target.keyspace}.${tables.target.table}?`;
  const confirmName = await confirmedBy({ question, confirmName: plan.confirmName }, given, signal);
  const taking = { principal: AT_THE_PROMPT, cluster: clusters.source.name, confirmName, nowMs: Date.now() };
  await work(copyReviews.take({ ...taking, token: plan.token }).work, given, copying);
}

async function askedOf(
  { source, target }: TwoTables,
  given: CopyArguments,
  clusters: Sides<Cluster>,
): Promise<AskedCopy> {
  const { query, failed, create, ttl: keepTtl, writetime: keepWriteTime, verify, rate, timeout: timeoutMs } = given;
  const isTable = query === undefined && failed === undefined;
  const from = isTable ? { keyspace: source.keyspace, table: source.table } : { statement: query ?? '' };
  const { consistency, targetConsistency } = given;
  const optional: Record<string, unknown> = { verify, rowsPerSecond: rate, consistency, targetConsistency, timeoutMs };
  const parsed = copyRequestSchema.safeParse({
    ...{ ...from, target: { keyspace: target.keyspace, table: target.table } },
    ...{ create, keepTtl, keepWriteTime, nulls: given.deleteNulls ? 'delete' : 'leave' },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  });
  if (!parsed.success) throw new UsageError(describeIssues('The copy', parsed.error));
  const { again: _again, statement, ...request } = parsed.data;
  const filtered = given.where === undefined ? {} : await filtersOf(given, source, clusters.source);
  const rows =
    failed === undefined ? (isTable ? filtered : { statement }) : { earlier: await earlierIn(resolve(failed)) };
  const asked: AskedCopy = { ...request, ...rows };
  const mapping = await mappingOf(asked, given, clusters);
  return mapping === undefined ? asked : { ...asked, mapping };
}

/** A copy as a command keeps it, or as the job of a server does. */
const keptCopySchema = z.union([
  copyWorkSchema,
  z.object({ request: copyWorkSchema }).transform(({ request }) => request),
]);

/** A directory of failed rows, with the request of its copy if that is there. */
async function earlierIn(directory: string): Promise<EarlierCopy> {
  return { directory, did: await readJson(join(directory, REQUEST_FILE), keptCopySchema) };
}

/** The conditions of --where as filters, so that ranges, TTLs and write times are read as of the whole table. */
async function filtersOf(
  { where = '', allowFiltering }: CopyArguments,
  { keyspace, table }: TwoTables['source'],
  cluster: Cluster,
): Promise<{ readonly filters: Filter[]; readonly allowFiltering: boolean }> {
  const source = { from: 'table' as const, keyspace, table, filters: [], allowFiltering: false };
  const { shape } = await copySource(cluster, reading(source), AT_THE_PROMPT);
  const statement = `SELECT * FROM ${qualifiedName(keyspace, table)}${conditionsClause({ where, allowFiltering })}`;
  const found = shape === null ? null : whereFilters(statement, shape);
  if (found === null) throw new UsageError('--where: these conditions need --query "SELECT …".');
  return { filters: [...found.filters], allowFiltering };
}

function reading(source: SourceWork) {
  const consistency = 'LOCAL_QUORUM' as const;
  return { source, keepTtl: false, keepWriteTime: false, consistency, timeoutMs: DEFAULT_TIMEOUT_MS };
}

/** What --columns, --set, --rename, --cast or --mapping say; undefined: every column into the one of its name. */
async function mappingOf(
  asked: AskedCopy,
  given: CopyArguments,
  clusters: Sides<Cluster>,
): Promise<Mapping | undefined> {
  const { mapping, columns, set, rename, cast } = given;
  if (mapping !== undefined) return mappingIn(mapping);
  if (columns === undefined && set.length + rename.length + cast.length === 0) return undefined;
  const { keyspace = '', table = '', statement, earlier } = asked;
  const source: SourceWork =
    earlier !== undefined
      ? { from: 'job', directory: earlier.directory }
      : statement === undefined
        ? { from: 'table', keyspace, table, filters: [], allowFiltering: false }
        : { from: 'statement', statement };
  const { fields } = await copySource(clusters.source, reading(source), AT_THE_PROMPT);
  const { keyspace: inKeyspace, table: into } = asked.target;
  const target = await findTarget(clusters.target, { keyspace: inKeyspace, table: into });
  const [names, types, constants] = [pairs(rename, '--rename'), pairs(cast, '--cast'), pairs(set, '--set')];
  const chosen = columns === undefined ? fields.map(({ name }) => name) : parseColumns(columns);
  const isThere = (to: string) => target === null || target.shape.columns.some(({ name }) => name === to);
  const mapped = chosen.flatMap((field) => {
    const to = names.get(field) ?? field;
    const type = types.get(to);
    const steps: Step[] = type === undefined ? [] : [{ do: 'cast', to: type }];
    return (columns === undefined && !isThere(to)) || constants.has(to) ? [] : [{ to, from: { field }, steps }];
  });
  const fixed = [...constants].map(([to, constant]) => ({ to, from: { constant }, steps: [] }));
  return [...mapped, ...fixed];
}

/** `name=text`, with the name as CQL writes it. @throws UsageError */
function pairs(texts: readonly string[], flag: string): Map<string, string> {
  return new Map(
    texts.map((text): [string, string] => {
      const at = text.indexOf('=');
      const [name] = at < 1 ? [] : parseColumns(text.slice(0, at).trim());
      if (name === undefined) throw new UsageError(`${flag} ${text}: write column=…`);
      return [name, text.slice(at + 1).trim()];
    }),
  );
}

function mappingIn(path: string): Mapping {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`--mapping: cannot read ${path}.`, { cause });
  }
  const parsed = mappingSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues('The mapping', parsed.error));
}

function reviewText(plan: CopyPlan): string {
  const size =
    plan.estimate === null
      ? ''
      : ` · about ${byteText(plan.estimate.bytes)}, ${grouped(plan.estimate.partitions)} partitions`;
  return [
    `-- read at ${plan.consistency}${size}:`,
    `${plan.read};`,
    ...plan.create.flatMap((statement) => ['-- created first:', `${statement};`]),
    `-- for each row, at ${plan.targetConsistency}:`,
    `${plan.write};`,
    ...plan.mapping.map(({ to, from }) => `--   ${to} ← ${'field' in from ? from.field : from.constant}`),
    ...plan.left.map(({ name, why }) => `-- ${name}: ${why}`),
    ...plan.notes.map((text) => `-- ${text}`),
    '',
  ].join('\n');
}

async function storedWork({ output = '' }: CopyArguments): Promise<CopyWork> {
  const stored = await readJson(join(output, REQUEST_FILE), copyWorkSchema);
  if (stored !== null) return stored;
  throw new UsageError(`${output} has no copy to go on with. Leave out --resume to begin one.`);
}

/** @throws Failure unless every row was written, and found again where that was checked */
async function work(
  request: CopyWork,
  given: CopyArguments,
  { clusters, reporter, signal }: CopyingCommand,
): Promise<void> {
  const directory = resolve(given.output ?? '');
  const counts = await runCopy(clusters, {
    ...{ request, owner: AT_THE_PROMPT, directory, signal: AbortSignal.any([signal]) },
    begin: () => writeJson(join(directory, REQUEST_FILE), parseJson(JSON.stringify(request))),
    watch: (progress) => {
      reporter.stop();
      reporter.watch(() => ({ ...progress(), bytes: null }));
    },
  }).finally(() => reporter.stop());
  reporter.note(`${isCopied(counts) ? '✓' : '✗'} ${countsText(counts)} · ${directory}`);
  if (isCopied(counts)) return;
  const message = `Not every row was copied: ${countsText(counts)}.`;
  const hint = `${join(directory, FAILED_FILE)} says why. Copy those again with --failed ${directory}.`;
  throw new Failure({ code: 'write_failure', message, hint, retryable: false });
}

function countsText({ read, applied, refused, unknown, skipped, merged, readBack, compared }: Copied): string {
  const facts: [number, string][] = [
    [refused, 'refused'],
    [unknown, 'unknown'],
    [skipped, 'without a row in the target'],
    [merged, 'collections with one write time for several'],
  ];
  return [
    `${grouped(read)} read`,
    `${grouped(applied)} written`,
    ...facts.flatMap(([count, what]) => (count > 0 ? [`${grouped(count)} ${what}`] : [])),
    ...(readBack === null ? [] : [`${grouped(readBack.found)} found in the target`]),
    ...(readBack !== null && readBack.lacking > 0 ? [`${readBack.lacking} ranges lack rows`] : []),
    ...(compared === null ? [] : [`${grouped(compared.missing + compared.different)} not the same`]),
  ].join(' · ');
}
