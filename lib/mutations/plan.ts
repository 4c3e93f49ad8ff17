import 'server-only';
import { setMaxListeners } from 'node:events';
import type { z } from 'zod';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { HistoryEntry } from '@/lib/contract/history';
import { MUTATION_ROW_BYTES } from '@/lib/contract/limits';
import {
  type MutationOptions,
  type MutationPlan,
  mutationOptionsSchema,
  type mutationRequestSchema,
  type RowChange,
} from '@/lib/contract/mutations';
import type { Principal } from '@/lib/contract/principal';
import { MutationError } from '@/lib/cql/mutation/nodes';
import { harmfulShape } from '@/lib/cql/statement-shape';
import { withoutMasked } from '@/lib/edit/masked';
import { note } from '@/lib/edit/notes';
import { readLevel } from '@/lib/edit/outcome';
import { type EditPlan, planChanges } from '@/lib/edit/plan';
import { mergedChanges } from '@/lib/edit/queue';
import { EditError } from '@/lib/edit/table';
import type { ReadChange } from '@/lib/edit/units';
import { Failure, invalidRequest } from '@/lib/failure';
import { limits } from '@/lib/limits';
import type { PersonRights } from '@/lib/rights/rules';
import { formatBytes } from '@/lib/text/format';
import { ValueError } from '@/lib/wire/errors';
import { inTurn } from './in-turn';
import { isMarkedRed } from './marked-red';
import type { Planned } from './planned';
import { keepPlan, REVIEW_MS } from './reviewed';
import { changedTable, checkWritable } from './table';
import { hasBothKinds } from './written';

/** Rows that are read at a time. */
const READS_AT_ONCE = 32;

interface Planning {
  readonly principal: Principal;
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
  readonly signal: AbortSignal;
  /** What was run on the table before, newest first. */
  readonly history: (holding: string) => Promise<Iterable<HistoryEntry>>;
}

/**
 * Reads the rows of changes, and plans the statements that make them. Nothing is written.
 * @throws Failure `read_only`, `not_found`, `invalid_request`
 */
export async function planMutations(
  cluster: Cluster,
  request: z.output<typeof mutationRequestSchema>,
  planning: Planning,
): Promise<MutationPlan> {
  checkWritable(cluster);
  const client = await cluster.client();
  const table = await changedTable(cluster, client, request, planning.rights);
  const { masked = [] } = table;
  const options = request.options ?? mutationOptionsSchema.parse({});
  checkLevels(options);
  const merged = orInvalid(() =>
    mergedChanges(
      table,
      request.changes.map((change) => withoutMasked(change, masked)),
    ),
  );
  const rows = new EditRows(cluster, client, table, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const signal = AbortSignal.any([planning.signal]);
  // Every row that is read at a time listens.
  setMaxListeners(0, signal);
  const changes = await inTurn(merged, READS_AT_ONCE, (change) => readChange(rows, change, options, signal));
  const nowMs = Date.now();
  const plan = orInvalid(() => planChanges(table, changes, { options, nowMs, nowMicros: newestMicros(nowMs) }));
  checkTexts(plan);
  const confirmName = mustConfirm(cluster, merged) ? request.table : null;
  const planned: Planned = { cluster: cluster.name, table, options, plan, changes, confirmName };
  const isConditional = plan.statements.some((statement) => statement.isConditional);
  const isMixed = await hasBothKinds(request, options.mode, planning.history);
  return {
    token: plan.statements.length === 0 ? null : keepPlan(planned, planning.principal, nowMs),
    expiresAt: new Date(nowMs + REVIEW_MS).toISOString(),
    confirmName,
    consistency: options.consistency,
    serialConsistency: isConditional ? options.serialConsistency : null,
    changes: merged,
    statements: plan.statements.map(({ mayResend: _mayResend, partition: _partition, ...shown }) => ({
      ...shown,
      changes: [...shown.changes],
      notes: [...shown.notes],
    })),
    notes: [...plan.notes, ...(isMixed ? [note('mixed_writes')] : [])],
    refusals: [...plan.refusals],
    rows: changes.map(({ row }) => row),
    expiresInMs: nowMs + REVIEW_MS - Date.now(),
    defaultTtlSeconds: table.defaultTtlSeconds,
  };
}

async function readChange(
  rows: EditRows,
  change: RowChange,
  { consistency }: MutationOptions,
  signal: AbortSignal,
): Promise<ReadChange> {
  if (change.kind === 'delete_partition' || change.kind === 'delete_range') return { change, row: null };
  const level = readLevel(consistency);
  const row = await rows.read(change.key, level, signal);
  if (rows.readBytes > MUTATION_ROW_BYTES) {
    throw invalidRequest(
      `The rows have more than ${formatBytes(MUTATION_ROW_BYTES)} together.`,
      'Change fewer rows at a time.',
    );
  }
  return change.kind === 'move' ? { change, row, target: await rows.read(change.to, level, signal) } : { change, row };
}

/** @throws Failure `invalid_request` for levels that no write takes */
export function checkLevels({ consistency }: MutationOptions): void {
  if (consistency !== 'SERIAL' && consistency !== 'LOCAL_SERIAL') return;
  throw invalidRequest(
    `${consistency} is a level for reads. Choose it as serialConsistency, and another for the write.`,
  );
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

/** What is too much in a statement, by the same bounds as for statements from the editor; null: nothing. */
export function textHarm(cql: string): string | null {
  return cql.length > limits().statementCharacters ? `${cql.length} characters` : harmfulShape(cql);
}

/** @throws Failure `invalid_request` */
function checkTexts({ statements }: EditPlan): void {
  for (const { cql } of statements) {
    const harm = textHarm(cql);
    if (harm !== null) {
      throw invalidRequest(
        `A statement would have ${harm}, which is too much for one.`,
        'Change fewer rows in one batch, or smaller values.',
      );
    }
  }
}

/** What deletes more than rows that were read, and whatever changes a cluster marked red, is confirmed by the table's name. */
function mustConfirm(cluster: Cluster, changes: readonly RowChange[]): boolean {
  return isMarkedRed(cluster) || changes.some(({ kind }) => kind.startsWith('delete_'));
}

let lastMicros = 0n;

/** Newer than any timestamp given before: of two equal ones a deletion would win, whatever came later. */
export function newestMicros(nowMs: number): bigint {
  const now = BigInt(nowMs) * 1_000n;
  lastMicros = now > lastMicros ? now : lastMicros + 1n;
  return lastMicros;
}
