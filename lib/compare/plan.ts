import 'server-only';
import { type Cluster, MURMUR3 } from '@/lib/cassandra/client/cluster';
import { maskedPlan, tableMask } from '@/lib/cassandra/read/masked-plan';
import type { ReadPlan } from '@/lib/cassandra/read/reads';
import { planTable } from '@/lib/cassandra/read/table-plan';
import { readTable } from '@/lib/cassandra/schema/schema';
import type { TableName } from '@/lib/contract/common';
import type { ComparePlan, LeftColumn } from '@/lib/contract/compare';
import { schemaLookup, type TableShape } from '@/lib/cql/schema-lookup';
import { Failure, invalidRequest } from '@/lib/failure';
import type { PersonRights } from '@/lib/rights/rules';
import { CompareError, comparable, type Layout } from './columns';
import { selectedNames } from './items';
import type { CompareWork } from './request';

/** The most rows of a page; pages start far smaller and grow with the bytes that arrive. */
const PAGE_ROWS = 5_000;

/** The two clusters of a comparison, which may be the same. */
export interface Sides<T> {
  readonly source: T;
  readonly target: T;
}

export interface Planned {
  readonly layout: Layout;
  readonly left: readonly LeftColumn[];
  /** Columns that are left out because whoever compares may not see them. */
  readonly masked: readonly string[];
  readonly reads: Sides<ReadPlan>;
}

/**
 * What a comparison reads, by both schemas as they are now.
 * @param rights what columns are masked by, which are left out; null: nothing is masked
 * @throws Failure `not_found`, `invalid_request` when the tables cannot be compared, `forbidden` for a masked key column
 */
export async function planCompare(
  clusters: Sides<Cluster>,
  request: CompareWork,
  rights: PersonRights | null = null,
): Promise<Planned> {
  const { target, consistency, targetConsistency, timeoutMs } = request;
  const ofSource = { keyspace: request.keyspace, table: request.table };
  const ofTarget = { keyspace: target.keyspace, table: target.table };
  if (clusters.source.name === clusters.target.name && titleOf(ofSource) === titleOf(ofTarget)) {
    throw invalidRequest('A table is always equal to itself.', 'Name another table, or another cluster.');
  }
  const [ours, theirs] = await Promise.all([
    comparedTable(clusters.source, ofSource, rights),
    comparedTable(clusters.target, ofTarget, rights),
  ]);
  const masked = [...new Set([...ours.masked, ...theirs.masked])];
  const { layout, left } = orInvalid(() => comparable(ours.shape, theirs.shape, request.columns, masked));
  const read = { columns: selectedNames(layout), pageRows: PAGE_ROWS, maxPages: 0, timeoutMs };
  const [source, other] = await Promise.all([
    planTable(clusters.source, ofSource, { ...read, consistency }),
    planTable(clusters.target, ofTarget, { ...read, consistency: targetConsistency }),
  ]);
  const reads = { source: maskedPlan(source, rights), target: maskedPlan(other, rights) };
  return { layout, left, masked, reads };
}

function titleOf({ keyspace, table }: TableName): string {
  return `${keyspace}.${table}`;
}

/** @throws Failure `not_found`; `invalid_request` where tokens have another order than Murmur3's */
async function comparedTable(
  cluster: Cluster,
  name: TableName,
  rights: PersonRights | null,
): Promise<{ readonly shape: TableShape; readonly masked: readonly string[] }> {
  const [{ schema, table }, { partitioner }] = await Promise.all([
    readTable(cluster, name.keyspace, name.table),
    cluster.identity(),
  ]);
  if (partitioner !== MURMUR3) {
    throw invalidRequest(
      `${cluster.summary().label} places rows by ${partitioner}.`,
      'Tables can be compared where both clusters use the Murmur3Partitioner.',
    );
  }
  const shape = schemaLookup(schema.keyspaces).table(name.keyspace, name.table);
  if (shape !== undefined) return { shape, masked: tableMask(cluster.name, name, table, rights)?.masked ?? [] };
  const message = `There is no table ${titleOf(name)} in ${cluster.summary().label}.`;
  throw new Failure({ code: 'not_found', message, retryable: false });
}

function orInvalid<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CompareError)) throw error;
    const { message, hint } = error;
    const hinted = hint === undefined ? {} : { hint };
    throw new Failure({ code: 'invalid_request', message, ...hinted, retryable: false }, { cause: error });
  }
}

/** A plan as people read it. */
export function describedPlan({ layout, left, reads }: Planned): ComparePlan {
  const { partition, clustering, statics, regulars } = layout;
  const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);
  return {
    key: names([...partition, ...clustering]),
    compared: names([...statics, ...regulars]),
    left: [...left],
    source: reads.source.shown,
    target: reads.target.shown,
    notes: notesOf(layout, reads),
  };
}

function notesOf({ statics }: Layout, { source, target }: Sides<ReadPlan>): string[] {
  const notes = [
    'A row that changes while the tables are compared can be reported as different although nothing is wrong. Compare tables that rest, or look at the reported rows again.',
    `Both are read once, by token range: the source at ${source.consistency}, the target at ${target.consistency}. At a low level a replica that lacks a row makes a difference of it.`,
    'Values are compared exactly: null and empty are not the same, nor are 1.0 and 1.00 of a decimal. Write times and TTLs are not compared.',
  ];
  if (statics.length > 0) notes.push('Static values are compared once for each partition, and counted there as a row.');
  return notes;
}
