import 'server-only';
import { setMaxListeners } from 'node:events';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import type { BoundedCount, ChangeManyPlan, changeManyRequestSchema, ShownManyRow } from '@/lib/contract/change-many';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import { mutationOptionsSchema } from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import type { Cost } from '@/lib/contract/statements';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import { MutationError } from '@/lib/cql/mutation/nodes';
import { distinct } from '@/lib/edit/notes';
import { readLevel } from '@/lib/edit/outcome';
import { planChanges } from '@/lib/edit/plan';
import { EditError } from '@/lib/edit/table';
import type { ReadChange } from '@/lib/edit/units';
import { Failure, invalidRequest } from '@/lib/failure';
import { inTurn } from '@/lib/mutations/in-turn';
import { isMarkedRed } from '@/lib/mutations/marked-red';
import { checkLevels, newestMicros } from '@/lib/mutations/plan';
import { REVIEW_MS, Reviews } from '@/lib/mutations/reviewed';
import { type ChangedTable, type Client, changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { openScan } from '@/lib/scan/scan';
import { ValueError } from '@/lib/wire/errors';
import type { RowLine } from './journal';
import type { ManyRequest } from './request';
import { rowsOf } from './rows-again';
import { changesOf, planRows } from './source';
import { checkDeed, isUnchanged, templateOf } from './target';

/** Rows that a plan shows. */
const SHOWN_ROWS = 100;
const READS_AT_ONCE = 16;
/** Where the count of a plan stops: the job itself has no bound. */
const [MOST_COUNTED, MOST_MS] = [100_000, 10_000];

/** What was reviewed, as the job runs it. */
interface PlannedMany {
  readonly cluster: string;
  readonly confirmName: string | null;
  readonly request: ManyRequest;
}

export const manyReviews = new Reviews<PlannedMany>('ringside.reviewed-many');

/** A request, with its rows as the way in found them. */
export type Asked = Omit<z.output<typeof changeManyRequestSchema>, 'again'> & {
  /** Conditions as CQL, instead of filters. */
  readonly clause?: string | undefined;
  readonly earlier?: { readonly directory: string; readonly take: 'undo' | 'failed' } | undefined;
};

interface Planning {
  readonly principal: Principal;
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly signal: AbortSignal;
}

/**
 * Finds the rows of a change, counts them up to a bound, and plans the statements of the first. Nothing is written.
 * @throws Failure `read_only`, `not_found`, `invalid_request`
 */
export async function planMany(cluster: Cluster, asked: Asked, planning: Planning): Promise<ChangeManyPlan> {
  checkWritable(cluster);
  const client = await cluster.client();
  const table = await changedTable(cluster, client, asked, planning.rights);
  const options = asked.options ?? mutationOptionsSchema.parse({});
  checkLevels(options);
  if (options.batch !== 'row')
    throw invalidRequest('Each of many rows is changed by a statement for itself: leave out batch.');
  const deed = deedOf(asked);
  const { statement } = orInvalid(() => {
    checkDeed(table, { deed });
    return { statement: templateOf(table, { deed, options }) };
  });
  const request: ManyRequest = {
    ...{ keyspace: asked.keyspace, table: asked.table, rows: rowsFrom(asked), deed, options, statement },
    ...{ rowsPerSecond: asked.rowsPerSecond ?? null, journal: asked.journal, tableVersion: table.version, read: '' },
  };
  const signal = AbortSignal.any([planning.signal]);
  setMaxListeners(0, signal);
  const met = await meet(cluster, table, request, { ...planning, signal });
  const shown = await show(cluster, client, { table, request, rows: met.first, signal });
  return kept(cluster, table, { request: { ...request, read: met.read }, met, shown, principal: planning.principal });
}

interface Keeping {
  readonly request: ManyRequest;
  readonly met: Met;
  readonly shown: Shown;
  readonly principal: Principal;
}

function kept(cluster: Cluster, table: ChangedTable, { request, met, shown, principal }: Keeping): ChangeManyPlan {
  const nowMs = Date.now();
  const isAsked = isMarkedRed(cluster) || request.deed.do === 'delete';
  const planned = { cluster: cluster.name, confirmName: isAsked ? request.table : null, request };
  const { options } = request;
  const isConditional = options.mode === 'guarded' && !isCounterTable(table);
  return {
    token: met.counted.rows === 0 ? null : manyReviews.keep(planned, principal, nowMs),
    expiresAt: new Date(nowMs + REVIEW_MS).toISOString(),
    confirmName: planned.confirmName,
    ...{ statement: request.statement, read: met.read, cost: met.cost, counted: met.counted },
    ...{ first: shown.rows, notes: [...shown.notes, ...manyNotes(table, request)], consistency: options.consistency },
    serialConsistency: isConditional ? options.serialConsistency : null,
  };
}

function manyNotes(table: ChangedTable, { journal, deed, options }: ManyRequest): string[] {
  const notes = [
    'Each row is read again just before it is changed; its statement is made then, so that TTLs are those of that moment. A row that is not as it was found is left alone and kept in the file of failed rows.',
    journal === 'values'
      ? 'Before a statement is sent, the old values are on disk in the journal, from which another job can undo it. Deleting the job deletes the journal.'
      : 'The journal keeps no old values: this cannot be undone.',
    'Ringside may be stopped at any moment: no row is sent twice before it was looked at. A row that was in flight then may end as unknown.',
  ];
  if (deed.do === 'delete' && isCounterTable(table))
    notes.push('A deleted counter stays gone, with a journal or without.');
  if (options.mode === 'plain')
    notes.push('Plain: a change within the moment between reading a row and writing it is overwritten.');
  return notes;
}

function deedOf({ set, delete: isDelete, earlier }: Asked): ManyRequest['deed'] {
  if (earlier !== undefined) return { do: 'again' };
  if (set !== undefined) return { do: 'set', values: set };
  if (isDelete === true) return { do: 'delete' };
  throw invalidRequest('Say what to set, or delete: true.');
}

function rowsFrom({ filters = [], allowFiltering = false, clause, earlier }: Asked): ManyRequest['rows'] {
  if (earlier !== undefined) return { from: 'job', ...earlier };
  return clause === undefined ? { from: 'filters', filters, allowFiltering } : { from: 'clause', clause };
}

interface Met {
  readonly read: string;
  readonly cost: Cost | null;
  readonly counted: BoundedCount;
  readonly first: readonly RowLine[];
}

/** Counts the rows, and keeps the first. */
async function meet(cluster: Cluster, table: ChangedTable, request: ManyRequest, planning: Planning): Promise<Met> {
  const at = new Date().toISOString();
  const untilMs = performance.now() + MOST_MS;
  const first: RowLine[] = [];
  let [rows, isComplete] = [0, true];
  const add = (some: readonly RowLine[], isLast: boolean): boolean => {
    rows += some.length;
    first.push(...some.slice(0, SHOWN_ROWS - first.length));
    isComplete = isLast || (rows < MOST_COUNTED && performance.now() < untilMs);
    return isComplete;
  };
  if (request.rows.from === 'job') {
    for await (const row of rowsOf(table, request.rows)) if (!add([row], false)) break;
    const read = request.rows.take === 'undo' ? 'the journal of an earlier job' : 'the failed rows of an earlier job';
    return { read, cost: null, counted: { rows, isComplete, at }, first };
  }
  const plan = await planRows(cluster, table, request, planning.rights ?? null);
  const scan = await openScan(plan, { principal: planning.principal }, planning.signal);
  for await (const page of scan.pages) {
    const changes = await changesOf(table, request, page);
    const isLast = page.last && scan.progress().ranges.done === scan.pieces.length;
    if (
      !add(
        changes.map((change) => ({ change })),
        isLast,
      )
    )
      break;
  }
  return { read: plan.shown, cost: plan.classification.cost, counted: { rows, isComplete, at }, first };
}

interface Shown {
  readonly rows: ShownManyRow[];
  readonly notes: string[];
}

interface Showing {
  readonly table: ChangedTable;
  readonly request: ManyRequest;
  readonly rows: readonly RowLine[];
  readonly signal: AbortSignal;
}

/** The statements of some rows, as they would be now. */
async function show(cluster: Cluster, client: Client, { table, request, rows, signal }: Showing): Promise<Shown> {
  const { options } = request;
  const reads = new EditRows(cluster, client, table, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const level = readLevel(options.consistency);
  const found = await inTurn(rows, READS_AT_ONCE, async ({ change }) => ({
    change,
    row: await reads.read(change.key, level, signal),
  }));
  const nowMs = Date.now();
  const plan = orInvalid(() => planChanges(table, found, { options, nowMs, nowMicros: newestMicros(nowMs) }));
  const texts = new Map(plan.statements.map(({ changes, cql }) => [changes[0], cql]));
  const refusals = new Map(plan.refusals.map(({ change, message }) => [change, message]));
  const shown = found.map((read, at): ShownManyRow => {
    const message =
      rows[at]?.message ??
      (isUnchanged(table, read, options.ttl) ? 'It has these values already: nothing is sent.' : refusals.get(at));
    const cql = message === undefined ? (texts.get(at) ?? null) : null;
    return { key: read.change.key, cql, before: beforeOf(read), ...(message === undefined ? {} : { message }) };
  });
  const notes = distinct([...plan.notes, ...plan.statements.flatMap((one) => one.notes)]).map(({ text }) => text);
  return { rows: shown, notes };
}

function beforeOf({ change, row }: ReadChange): Record<string, JsonValue> {
  const cells = row?.cells ?? {};
  const names = change.kind === 'update' ? Object.keys(change.edits) : Object.keys(cells);
  return Object.fromEntries(names.map((name) => [name, ownValue(cells, name)?.value ?? null]));
}

/** @throws Failure `invalid_request` with the reason of what cannot be planned at all */
function orInvalid<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof EditError || error instanceof MutationError || error instanceof ValueError)) throw error;
    throw new Failure({ code: 'invalid_request', message: error.message, retryable: false }, { cause: error });
  }
}
