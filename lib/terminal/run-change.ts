import 'server-only';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { HistoryEntry } from '@/lib/contract/history';
import { jsonText, parseJson } from '@/lib/contract/json';
import {
  type MutationLine,
  type MutationPlan,
  type MutationRequest,
  mutationRequestSchema,
  type RowChange,
  rowChangeSchema,
  type StatementOutcome,
} from '@/lib/contract/mutations';
import { describeIssues } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { history } from '@/lib/history/history';
import { planMutations } from '@/lib/mutations/plan';
import { takePlan } from '@/lib/mutations/reviewed';
import { openMutations } from '@/lib/mutations/run';
import { OWNER_ONLY_FILE } from '@/lib/regular-file';
import { plural } from '@/lib/text/format';
import type { ChangeArguments } from './arguments';
import { confirmedBy } from './confirmed';
import { parseTableName } from './names';
import { AT_THE_PROMPT } from './principal';
import { print } from './print';
import type { Reporter } from './reporter';
import { UsageError } from './usage';

interface Changing {
  readonly cluster: Cluster;
  readonly reporter: Reporter;
  readonly signal: AbortSignal;
}

/** Plans the changes of a file, shows the exact statements, and runs them once they are confirmed. */
export async function runChange(
  request: MutationRequest,
  given: ChangeArguments,
  { cluster, reporter, signal }: Changing,
) {
  const of = (holding: string) => history().holding(cluster.name, holding);
  const planning = { principal: AT_THE_PROMPT, signal, history: of };
  const plan = await planMutations(cluster, mutationRequestSchema.parse(request), planning);
  await print(reviewText(plan));
  for (const { change, message } of plan.refusals) reporter.error(`✗ change ${change + 1}: ${message}`);
  if (plan.token !== null && !given.dryRun) {
    const question = `Run ${plural(plan.statements.length, 'statement')}?`;
    const confirmName = await confirmedBy({ question, confirmName: plan.confirmName }, given, signal);
    const taking = { principal: AT_THE_PROMPT, cluster: cluster.name, confirmName, nowMs: Date.now() };
    const planned = takePlan({ ...taking, token: plan.token });
    const keep = (entry: HistoryEntry) => history().append(cluster.name, entry);
    const lines = await openMutations(cluster, planned, { principal: AT_THE_PROMPT, signal, keep });
    await follow(lines, given, reporter);
  }
  if (plan.refusals.length > 0) throw incomplete(`${plural(plan.refusals.length, 'change')} could not be planned.`);
}

/** @throws UsageError naming what cannot be read */
export function changeRequest(given: ChangeArguments): MutationRequest {
  const { mode, consistency, serialConsistency, batch, ttl, timeout } = given;
  return {
    ...parseTableName(given.table, undefined),
    changes: changesIn(given.file),
    options: {
      mode,
      batch,
      ttl: ttl ?? 'keep',
      ...(consistency === undefined ? {} : { consistency }),
      ...(serialConsistency === undefined ? {} : { serialConsistency }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    },
  };
}

/** A JSON array of changes, or one change a line. */
function changesIn(path: string): RowChange[] {
  const text = textOf(path);
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole.map((change: unknown, at) => changeOf(change, `change ${at + 1}`));
  const lines = text.split('\n').map((line, at): [string, number] => [line, at + 1]);
  const changes = lines.flatMap(([line, at]) => (line.trim() === '' ? [] : [changeOf(parseJson(line), `line ${at}`)]));
  if (changes.length === 0) throw new UsageError(`${path} has no changes.`);
  return changes;
}

function textOf(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw new UsageError(`cannot read ${path === '-' ? 'standard input' : path}.`, { cause });
  }
}

function changeOf(json: unknown, where: string): RowChange {
  const parsed = rowChangeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UsageError(describeIssues(`The file, ${where},`, parsed.error));
}

/** The statements as CQL that can be run, with what is to be said of each as comments. */
function reviewText({ statements, notes, consistency, serialConsistency }: MutationPlan): string {
  const levels = serialConsistency === null ? consistency : `${consistency} / ${serialConsistency}`;
  const all = statements.flatMap((one, at) => [
    `-- ${at + 1} of ${statements.length}${one.after === null ? '' : `, only if ${one.after + 1} is applied`}`,
    `${one.cql};`,
    ...one.notes.map(({ text }) => `--   ${text}`),
  ]);
  return [
    `-- ${plural(statements.length, 'statement')}, ${levels}`,
    ...notes.map(({ text }) => `-- ${text}`),
    ...all,
    '',
  ].join('\n');
}

const MARKS: Readonly<Record<StatementOutcome['outcome'], string>> = {
  ...{ applied: '✓', not_applied: '✗', refused: '✗', not_sent: '–', unknown: '?' },
};

/** @throws Failure unless every statement was applied */
async function follow(
  lines: AsyncIterable<MutationLine>,
  { undo }: ChangeArguments,
  reporter: Reporter,
): Promise<void> {
  const counts = { all: 0, applied: 0 };
  for await (const line of lines) {
    if ('outcome' in line) {
      const { statement, outcome, message, look } = line.outcome;
      counts.all++;
      if (outcome === 'applied') counts.applied++;
      reporter.error(`${MARKS[outcome]} ${statement + 1}: ${message}${look === undefined ? '' : ` ${look.message}`}`);
    } else if ('end' in line) {
      for (const one of line.end.notUndone)
        reporter.error(`! change ${one.change + 1} cannot be undone: ${one.message}`);
      if (undo !== undefined) writeUndo(undo, line.end.undo);
    }
  }
  if (counts.applied < counts.all) throw incomplete(`${counts.applied} of ${plural(counts.all, 'statement')} applied.`);
}

function writeUndo(path: string, changes: readonly RowChange[]): void {
  writeFileSync(path, changes.map((change) => `${jsonText(change)}\n`).join(''), { mode: OWNER_ONLY_FILE });
}

function incomplete(message: string): Failure {
  return new Failure({ code: 'write_failure', message, retryable: false });
}
