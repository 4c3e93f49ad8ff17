import type { UnknownFact } from '@/lib/contract/health';
import { totalFactor } from '@/lib/ring/replication';
import { plural } from '@/lib/text/format';
import { type ClusterFacts, type RepairRecord, rowsOf, type TableOptions } from './facts';
import { ownKeyspaces } from './finding';

/** When tables were last repaired, as far as the cluster keeps a record of it. */

/** `default_time_to_live` of `system_distributed.parent_repair_history`, the same in Cassandra 4.0 to 5.0. */
export const REPAIRS_KEPT_DAYS = 30;

/** A table with more than one replica, and its newest repair that ended without an error; null: there is no record of one. */
export interface RepairedTable {
  readonly options: TableOptions;
  readonly last: RepairRecord | null;
  /** When that ended, or an incremental repair that a node knows of, if that was later. */
  readonly endedAt: string | null;
}

/** The tables of which it can be said when they were repaired. Records of a table that was dropped are not the new one's. */
export function repairedTables(facts: ClusterFacts): readonly RepairedTable[] {
  const { repairHistory } = facts;
  if (repairHistory?.outcome !== 'rows' || facts.schemaReadAt === null) return [];
  const replicated = new Map(
    ownKeyspaces(facts).flatMap((keyspace) =>
      (totalFactor(keyspace.replication) ?? 0) > 1 ? [[keyspace.name, keyspace.tables] as const] : [],
    ),
  );
  const newest = newestByTable(repairHistory.rows);
  return facts.tables.flatMap((options): RepairedTable[] => {
    const table = replicated.get(options.keyspace)?.find(({ name }) => name === options.table);
    if (table === undefined) return [];
    const record = newest.get(options.keyspace)?.get(options.table) ?? null;
    const { createdAt = null } = options;
    const last = record !== null && createdAt !== null && record.startedAt >= createdAt ? record : null;
    return [{ options, last, endedAt: last === null ? null : latest(last.finishedAt, incremental(facts, table.id)) }];
  });
}

/** The records of one table's repairs that ended without an error, the newest first. */
export function repairsOf(facts: ClusterFacts, keyspace: string, table: string): readonly EndedRepair[] {
  const { repairHistory } = facts;
  const options = facts.tables.find((one) => one.keyspace === keyspace && one.table === table);
  const createdAt = options?.createdAt ?? null;
  if (repairHistory?.outcome !== 'rows' || createdAt === null) return [];
  return repairHistory.rows
    .filter((record) => record.keyspace === keyspace && record.tables.includes(table) && record.startedAt >= createdAt)
    .filter(hasEndedWell)
    .toSorted((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1));
}

type EndedRepair = RepairRecord & { readonly finishedAt: string };

function hasEndedWell(record: RepairRecord): record is EndedRepair {
  return record.finishedAt !== null && !record.hasFailed;
}

/** Whether ranges as Cassandra writes them, `(from,to]`, have a token; one that ends before it begins goes over the end of the ring. */
export function rangesHave(ranges: readonly string[], token: bigint): boolean {
  return ranges.some((range) => {
    const [, from, to] = /^\((-?\d+),(-?\d+)\]$/.exec(range.replaceAll(' ', '')) ?? [];
    if (from === undefined || to === undefined) return false;
    const [after, upTo] = [BigInt(from), BigInt(to)];
    return after < upTo ? token > after && token <= upTo : token > after || token <= upTo;
  });
}

function newestByTable(rows: readonly RepairRecord[]): ReadonlyMap<string, ReadonlyMap<string, RepairRecord>> {
  const newest = new Map<string, Map<string, RepairRecord>>();
  for (const record of rows) {
    if (!hasEndedWell(record)) continue;
    const tables = newest.get(record.keyspace) ?? new Map<string, RepairRecord>();
    newest.set(record.keyspace, tables);
    for (const table of record.tables) {
      if ((tables.get(table)?.finishedAt ?? '') < record.finishedAt) tables.set(table, record);
    }
  }
  return newest;
}

/** ISO 8601 UTC sorts by time. */
function latest(...times: readonly (string | null)[]): string | null {
  return (
    times
      .filter((time) => time !== null)
      .toSorted()
      .at(-1) ?? null
  );
}

/** Of all nodes; null: none knows of one, or they have not been asked. */
function incremental({ nodes }: ClusterFacts, id: string | null): string | null {
  const ended = nodes.flatMap((node) =>
    (rowsOf(node, 'repairs')?.rows ?? []).flatMap(({ tableIds, repairedAt }) =>
      id !== null && tableIds.includes(id) ? [repairedAt] : [],
    ),
  );
  return latest(...ended);
}

const WHAT = 'When tables were last repaired';

/** What is not known of repairs. No record of a repair is no proof that there was none. */
export function unknownRepairs(facts: ClusterFacts): UnknownFact[] {
  const { repairHistory } = facts;
  if (repairHistory === undefined) return [];
  if (repairHistory.outcome === 'unknown') {
    return [{ what: WHAT, why: repairHistory.why, nodes: [], grant: repairHistory.grant }];
  }
  const missing = repairedTables(facts).filter(({ last }) => last === null);
  if (missing.length === 0) return [];
  const [first] = missing;
  const which =
    missing.length === 1 ? `${first?.options.keyspace}.${first?.options.table}` : plural(missing.length, 'table');
  const why = `There is no record of a repair of ${which} that ended well. Cassandra keeps such records for ${REPAIRS_KEPT_DAYS} days, in system_distributed.parent_repair_history.`;
  return [{ what: WHAT, why, nodes: [], grant: null }];
}
