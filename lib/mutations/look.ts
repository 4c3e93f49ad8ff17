import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { EditRows } from '@/lib/cassandra/read/edit-rows';
import { DEFAULT_TIMEOUT_MS } from '@/lib/contract/common';
import type { MutationLook, MutationLooks, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { foundOf } from '@/lib/edit/compare';
import { lookLevel, lookOf } from '@/lib/edit/outcome';
import type { EditStatement } from '@/lib/edit/plan';
import { inTurn } from './in-turn';
import type { Planned } from './planned';
import type { Ran } from './ran';
import { changedTable, checkWritable } from './table';

/** Statements that are looked at at a time. */
const LOOKS_AT_ONCE = 16;

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
  const found = statement.changes.map(async (index): Promise<MutationLook['found']> => {
    const read = changes[index];
    if (read === undefined || read.change.kind === 'delete_partition' || read.change.kind === 'delete_range')
      return 'unreadable';
    const [change, key] = lookedAt(read.change, statement);
    const now = await rows.read(key, level, signal).catch(() => undefined);
    if (now === undefined) return 'unreadable';
    return foundOf(table, change, { before: read.row, now, timestampMicros: statement.timestampMicros });
  });
  return lookOf(await Promise.all(found));
}

/** Of a move over two statements each has a row of its own. */
function lookedAt(change: RowChange, { after }: EditStatement): readonly [RowChange, RowChange['key']] {
  if (change.kind !== 'move') return [change, change.key];
  return after === null ? [change, change.to] : [{ kind: 'delete', key: change.key }, change.key];
}
