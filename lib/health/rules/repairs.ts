import type { Evidence } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import { formatAge, plural } from '@/lib/text/format';
import type { ClusterFacts } from '../facts';
import { counted, finding, type Rule, said } from '../finding';
import { REPAIRS_KEPT_DAYS, type RepairedTable, repairedTables } from '../repairs';

/** Whether deletions reach all replicas while they are kept. */

interface Overdue extends RepairedTable {
  readonly endedAt: string;
  readonly graceMs: number;
  readonly ageMs: number;
}

export const overdueRepairs: Rule = (facts) => {
  const { repairHistory } = facts;
  if (repairHistory?.outcome !== 'rows') return [];
  const tables = repairedTables(facts);
  const overdue = tables.flatMap((one): Overdue[] => {
    const { gcGraceSeconds = 0 } = one.options;
    // With 0 deletions are not kept at all, so no repair could carry them.
    if (one.endedAt === null || gcGraceSeconds === 0) return [];
    const ageMs = Date.parse(facts.asOf) - Date.parse(one.endedAt);
    const graceMs = gcGraceSeconds * 1_000;
    return ageMs > graceMs ? [{ ...one, endedAt: one.endedAt, graceMs, ageMs }] : [];
  });
  const unrecorded = tables.filter(({ last }) => last === null).length;
  return [...groupBy(overdue, ({ options }) => options.keyspace)].map(([keyspace, own]) =>
    finding({
      kind: 'repair_overdue',
      subject: keyspace,
      severity: 'warn',
      title: titleOf(keyspace, own),
      evidence: own.flatMap((one) => evidenceOf(one, repairHistory.rows, repairHistory.askedAt)),
      threshold: {
        text: 'The last repair that ended without an error ended longer ago than gc_grace_seconds, with more than one replica.',
        source: 'Cassandra’s documentation of repair: repair within gc_grace_seconds, 10 days by default',
      },
      meaning:
        'A replica that missed a deletion still has what was deleted. The others forget the deletion now, and the data comes back.',
      action: `Run nodetool repair ${keyspace} on every node, and plan it more often than gc_grace_seconds. If nothing is ever deleted or expires there, mute this.`,
      statement: repairHistory.statement,
      blindSpot: `Which ranges a repair covered is not compared, so parts of the ring may be overdue for longer. Records are kept for ${REPAIRS_KEPT_DAYS} days. ${
        unrecorded === 0 ? '' : `${plural(unrecorded, 'table has', 'tables have')} no record: when it was is unknown. `
      }Whether anything was deleted is not known either.`,
    }),
  );
};

function titleOf(keyspace: string, overdue: readonly Overdue[]): string {
  const [first] = overdue;
  if (first !== undefined && overdue.length === 1) {
    return `The last repair of ${keyspace}.${first.options.table} ended ${formatAge(first.ageMs)}, but its deletions are kept for ${daysOf(first.graceMs)}.`;
  }
  return `The last repairs of ${plural(overdue.length, 'table')} of ${keyspace} ended longer ago than their deletions are kept.`;
}

function daysOf(ms: number): string {
  return formatAge(ms)
    .replace(/ ago$/, '')
    .replace('just now', `${Math.round(ms / 1_000)} s`);
}

function evidenceOf({ options, last, endedAt, graceMs, ageMs }: Overdue, rows: Records, at: string): Evidence[] {
  const { keyspace, table } = options;
  const unfinished = rows.filter(
    (one) => one.keyspace === keyspace && one.tables.includes(table) && one.startedAt > (last?.startedAt ?? ''),
  );
  return [
    said(`Last repair of ${table} ended`, endedAt, at),
    counted('Since then', ageMs, 'ms', at),
    counted(`gc_grace_seconds of ${table}`, graceMs, 'ms', at),
    ...(unfinished.length === 0
      ? []
      : [counted(`Repairs of ${table} since then that failed or have not ended`, unfinished.length, 'count', at)]),
  ];
}

type Records = Extract<NonNullable<ClusterFacts['repairHistory']>, { readonly outcome: 'rows' }>['rows'];
