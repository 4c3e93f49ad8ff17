import 'server-only';
import { join, resolve } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { runMany } from '@/lib/change-many/change-kind';
import { type Asked, manyReviews, planMany } from '@/lib/change-many/plan';
import { type ManyRequest, manyRequestSchema } from '@/lib/change-many/request';
import { type ChangeManyPlan, changeManyRequestSchema } from '@/lib/contract/change-many';
import type { ManyCounts } from '@/lib/contract/jobs';
import { type JsonValue, parseJson } from '@/lib/contract/json';
import { describeIssues } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { changedTable } from '@/lib/mutations/table';
import { parseTypedText } from '@/lib/wire/typed-text';
import type { ChangeManyArguments } from './arguments';
import { confirmedBy } from './confirmed';
import { conditionsClause, parseColumns, parseTableName } from './names';
import { AT_THE_PROMPT } from './principal';
import { print } from './print';
import { grouped } from './progress-line';
import type { Reporter } from './reporter';
import { UsageError } from './usage';
import { checkEmpty } from './work-directory';

/** What was reviewed, in the journal's directory: `--resume` goes on with it, and cannot go on with anything else. */
const REQUEST_FILE = 'job.json';

interface Changing {
  readonly cluster: Cluster;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** Counts the rows of a change, shows the first statements, and changes them once that is confirmed. */
export async function runChangeMany(given: ChangeManyArguments, changing: Changing): Promise<void> {
  const { cluster, reporter, signal } = changing;
  if (given.resume) return work(await storedRequest(given), given, changing);
  const plan = await planMany(cluster, await askedOf(cluster, given), { principal: AT_THE_PROMPT, signal });
  await print(reviewText(plan));
  if (plan.token === null) return reporter.note('✓ No row matches: there is nothing to change.');
  if (given.dryRun) return;
  const question = `Change ${countText(plan)}?`;
  const confirmName = await confirmedBy({ question, confirmName: plan.confirmName }, given, signal);
  const taking = { principal: AT_THE_PROMPT, cluster: cluster.name, confirmName, nowMs: Date.now() };
  const { request } = manyReviews.take({ ...taking, token: plan.token });
  await work(request, given, changing);
}

/** @throws UsageError for options that contradict each other, before anything is connected */
export function checkChangeMany(given: ChangeManyArguments): void {
  const { set, delete: isDelete, undo, failed, where, allowFiltering, journal, dryRun, resume } = given;
  const table = parseTableName(given.table, undefined);
  if (journal === undefined && !dryRun) throw new UsageError('Name a directory for the journal: --journal DIR.');
  if (resume) return;
  const deeds = [set.length > 0, isDelete, undo !== undefined, failed !== undefined].filter(Boolean).length;
  if (deeds !== 1) throw new UsageError(`Say what to do with ${table.table}: --set, --delete, --undo or --failed.`);
  if (where === undefined && allowFiltering) throw new UsageError('--allow-filtering needs --where.');
  if (where !== undefined) conditionsClause({ where, allowFiltering });
  if (where !== undefined && (undo ?? failed) !== undefined) {
    throw new UsageError('--undo and --failed have their rows from a journal, so they take no --where.');
  }
  if (journal !== undefined) checkEmpty(journal);
}

async function askedOf(cluster: Cluster, given: ChangeManyArguments): Promise<Asked> {
  const { where, allowFiltering, undo, failed, set, mode, consistency, serialConsistency, ttl, timeout } = given;
  const name = parseTableName(given.table, undefined);
  const earlier =
    undo !== undefined
      ? { directory: resolve(undo), take: 'undo' as const }
      : failed === undefined
        ? undefined
        : { directory: resolve(failed), take: 'failed' as const };
  const values = set.length === 0 ? {} : { set: await valuesOf(cluster, name, set) };
  const options = {
    ...{ mode, ttl: ttl ?? 'keep', ...(consistency === undefined ? {} : { consistency }) },
    ...(serialConsistency === undefined ? {} : { serialConsistency }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  };
  const parsed = changeManyRequestSchema.safeParse({
    ...{ ...name, ...values, options, ...(given.delete ? { delete: true } : {}) },
    ...(given.rate === undefined ? {} : { rowsPerSecond: given.rate }),
    ...(given.values ? {} : { journal: 'none' }),
    // Only its form is checked: the rows come from a directory here.
    ...(earlier === undefined ? {} : { again: { job: '00000000-0000-4000-8000-000000000000', take: earlier.take } }),
  });
  if (!parsed.success) throw new UsageError(describeIssues('The change', parsed.error));
  const { again: _again, ...asked } = parsed.data;
  const clause = where === undefined ? undefined : conditionsClause({ where, allowFiltering });
  return { ...asked, clause, earlier };
}

/** `column=value`, with the value as people type it; `null` deletes. @throws UsageError */
async function valuesOf(cluster: Cluster, name: { keyspace: string; table: string }, set: readonly string[]) {
  const { shape } = await changedTable(cluster, await cluster.client(), name);
  const values = set.map((text): [string, JsonValue] => {
    const at = text.indexOf('=');
    const [column] = at < 1 ? [] : parseColumns(text.slice(0, at).trim());
    const type = shape.columns.find((one) => one.name === column)?.type;
    if (column === undefined || type === undefined) {
      throw new UsageError(`--set ${text}: write column=value, with a column of the table.`);
    }
    const value = text.slice(at + 1);
    if (value === 'null') return [column, null];
    const typed = parseTypedText(value, type);
    if ('problem' in typed) throw new UsageError(`--set ${text}: ${typed.problem}`);
    return [column, typed.value];
  });
  return Object.fromEntries(values);
}

function countText({ counted: { rows, isComplete } }: ChangeManyPlan): string {
  return `${isComplete ? '' : 'at least '}${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function reviewText(plan: ChangeManyPlan): string {
  const levels = plan.serialConsistency === null ? plan.consistency : `${plan.consistency} / ${plan.serialConsistency}`;
  const shown = plan.first.map(({ cql, message, key }) =>
    cql === null ? `-- ${JSON.stringify(key)}: ${message ?? 'nothing is sent'}` : `${cql};`,
  );
  return [
    `-- ${countText(plan)} at ${plan.counted.at}, ${levels}`,
    `-- found by: ${plan.read}`,
    `-- for each: ${plan.statement}`,
    ...plan.notes.map((text) => `-- ${text}`),
    `-- the first ${plan.first.length}, as they would be sent now:`,
    ...shown,
    '',
  ].join('\n');
}

async function storedRequest({ journal = '', table }: ChangeManyArguments): Promise<ManyRequest> {
  const stored = await readJson(join(journal, REQUEST_FILE), manyRequestSchema);
  const name = parseTableName(table, undefined);
  if (stored?.keyspace === name.keyspace && stored.table === name.table) return stored;
  throw new UsageError(`${journal} has no change of ${table} to go on with. Leave out --resume to begin one.`);
}

/** @throws Failure unless every row was changed, or had the values already */
async function work(request: ManyRequest, given: ChangeManyArguments, { cluster, reporter, signal }: Changing) {
  const directory = resolve(given.journal ?? '');
  const counts = await runMany(cluster, {
    ...{ request, owner: AT_THE_PROMPT, directory, signal: AbortSignal.any([signal]) },
    begin: () => writeJson(join(directory, REQUEST_FILE), parseJson(JSON.stringify(request))),
    watch: (progress) => {
      reporter.stop();
      reporter.watch(() => {
        const { rows, bytes, scan } = progress();
        return { rows, bytes, scan };
      });
    },
  }).finally(() => reporter.stop());
  reporter.note(`${allChanged(counts) ? '✓' : '✗'} ${countsText(counts)} · journal in ${directory}`);
  if (allChanged(counts)) return;
  const message = `Not every row was changed: ${countsText(counts)}.`;
  const hint = `${join(directory, 'failed.ndjson')} says why. Run them again with --failed ${directory}.`;
  throw new Failure({ code: 'write_failure', message, hint, retryable: false });
}

function allChanged({ notApplied, refused, unknown }: ManyCounts): boolean {
  return notApplied + refused + unknown === 0;
}

function countsText({ applied, unchanged, notApplied, refused, unknown }: ManyCounts): string {
  const facts: [number, string][] = [
    [applied, 'applied'],
    [unchanged, 'had these values already'],
    [notApplied, 'not applied, as they had changed meanwhile'],
    [refused, 'refused'],
    [unknown, 'unknown'],
  ];
  return facts.flatMap(([count, what], at) => (count > 0 || at === 0 ? [`${grouped(count)} ${what}`] : [])).join(' · ');
}
