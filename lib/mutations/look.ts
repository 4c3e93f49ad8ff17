import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { toFailure } from '@/lib/cassandra/client/errors';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { MutationLook, MutationLooks, RowChange, RowRead, StatementOutcome } from '@/lib/contract/mutations';
import { foundOf } from '@/lib/edit/compare';
import { lookLevel, lookOf } from '@/lib/edit/outcome';
import type { EditStatement } from '@/lib/edit/plan';
import { inTurn } from './in-turn';
import type { Planned } from './planned';
import type { Ran } from './ran';
import { changedTable, checkWritable } from './table';

/** Statements that are looked at at a time. */
const LOOKS_AT_ONCE = 16;
/** How long a look waits for a connection; the driver's first attempts are a second apart. */
const RECONNECT_MS = 5_000;
const RECONNECT_PAUSE_MS = 250;

/**
 * What is known by now of statements of a run: those of unknown outcome are looked at again, others are as they ended.
 * Without an outcome a statement is still under way.
 * @throws Failure `not_found` where the table is gone
 */
export async function lookAgain(
  cluster: Cluster,
  { planned, outcomes, end }: Ran,
  statements: readonly number[],
  signal: AbortSignal,
): Promise<MutationLooks> {
  checkWritable(cluster);
  const client = await cluster.client();
  await changedTable(cluster, client, planned.table);
  const rows = new EditRows(cluster, client, planned.table, planned.options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const found = await inTurn([...new Set(statements)], LOOKS_AT_ONCE, async (index) => {
    const [ended, statement] = [outcomes.get(index), planned.plan.statements[index]];
    if (ended?.outcome !== 'unknown' || statement === undefined) return ended;
    const looked: StatementOutcome = { ...ended, look: await lookAt(rows, planned, statement, signal) };
    outcomes.set(index, looked);
    return looked;
  });
  return { outcomes: found.filter((one) => one !== undefined), ...(end === undefined ? {} : { end }) };
}

/** Reads the rows of a statement, and says whether its change is there. */
export async function lookAt(
  rows: EditRows,
  { changes, options, table }: Planned,
  statement: EditStatement,
  signal: AbortSignal,
): Promise<MutationLook> {
  const level = lookLevel(statement.isConditional, options.consistency, options.serialConsistency);
  const places = statement.changes.flatMap((index) => {
    const read = changes[index];
    return read === undefined ? [] : lookedAt(read.change, statement).map((at) => ({ ...at, before: read.row }));
  });
  const found = places.map(async ({ change, key, before }): Promise<MutationLook['found']> => {
    if (isScope(change)) return 'unreadable';
    const now = await readOnceConnected(() => rows.read(key, level, signal)).catch(() => undefined);
    if (now === undefined) return 'unreadable';
    return foundOf(table, change, { before, now, timestampMicros: statement.timestampMicros });
  });
  return lookOf(await Promise.all(found));
}

type Scope = Extract<RowChange, { readonly kind: 'delete_partition' | 'delete_range' }>;

/** It has no row to read. */
export function isScope(change: RowChange): change is Scope {
  return change.kind === 'delete_partition' || change.kind === 'delete_range';
}

/** Where a statement shows. A move over two statements shows in one row of each, and in a logged batch in both. */
function lookedAt(change: RowChange, { after, partition }: EditStatement) {
  if (change.kind !== 'move') return [{ change, key: change.key }];
  const arrived = { change, key: change.to };
  const left = { change: { kind: 'delete' as const, key: change.key }, key: change.key };
  if (after !== null) return [left];
  return partition === '' ? [arrived, left] : [arrived];
}

/** What cut the connections to all nodes is often over within seconds: the driver connects again by itself. */
async function readOnceConnected(read: () => Promise<RowRead | null>): Promise<RowRead | null> {
  const giveUpAt = performance.now() + RECONNECT_MS;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      const isCut = toFailure(error).error.code === 'cluster_unreachable';
      if (!isCut || performance.now() >= giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_PAUSE_MS));
    }
  }
}
