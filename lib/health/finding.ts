import type { Evidence, Finding } from '@/lib/contract/health';
import { groupBy } from '@/lib/cql/group-by';
import type { ClusterFacts, FactName, FactRows, NodeFacts } from './facts';
import { rowsOf } from './facts';

/** Looks for one kind of finding. */
export type Rule = (facts: ClusterFacts) => Finding[];

/** More pieces of evidence than these say no more. */
const MOST_EVIDENCE = 12;

type Draft = Omit<Finding, 'id' | 'blindSpot'> & {
  /** What it is about, where there can be several of its kind. */
  readonly subject?: string;
  readonly blindSpot?: string;
};

export function finding({ subject, blindSpot, ...draft }: Draft): Finding {
  return {
    ...draft,
    id: subject === undefined ? draft.kind : `${draft.kind}:${subject}`,
    evidence: draft.evidence.slice(0, MOST_EVIDENCE),
    blindSpot: blindSpot ?? null,
  };
}

/** Text that a node said, or that follows from what several did. */
export function said(what: string, value: string, at: string, node: string | null = null): Evidence {
  return { what, value, unit: null, node, at };
}

export function counted(
  what: string,
  value: number,
  unit: NonNullable<Evidence['unit']>,
  at: string,
  node: string | null = null,
): Evidence {
  return { what, value, unit, node, at };
}

/** A row with the node that it is from. */
export interface NodeRow<Row> {
  readonly node: NodeFacts;
  readonly row: Row;
  readonly at: string;
}

/** The rows of a fact, of all nodes that answer. */
export function rowsOfAll<Name extends FactName>(facts: ClusterFacts, name: Name): NodeRow<FactRows[Name]>[] {
  return facts.nodes.flatMap((node) => {
    const read = rowsOf(node, name);
    return read === undefined ? [] : read.rows.map((row) => ({ node, row, at: read.askedAt }));
  });
}

/** "127.0.0.1:9042", "a and b", "a, b and c", "5 nodes". */
export function named(names: readonly string[], noun = 'nodes'): string {
  const last = names.at(-1) ?? '';
  if (names.length > 3) return `${names.length} ${noun}`;
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Rows of tables by `keyspace.table`; Cassandra's own keyspaces left out. */
export function byTable<Row extends { readonly keyspace: string; readonly table: string }>(
  facts: ClusterFacts,
  rows: readonly NodeRow<Row>[],
): [string, readonly NodeRow<Row>[]][] {
  const own = new Set(ownKeyspaces(facts).map(({ name }) => name));
  const tables = groupBy(
    rows.filter(({ row }) => own.has(row.keyspace)),
    ({ row }) => `${row.keyspace}.${row.table}`,
  );
  return [...tables];
}

/** The keyspaces that people made. */
export function ownKeyspaces({ keyspaces }: ClusterFacts): ClusterFacts['keyspaces'] {
  return keyspaces.filter(({ system, virtual }) => !system && !virtual);
}

/** A setting of a node by any of its names, as it changed between releases; undefined: not known. */
export function settingOf(node: NodeFacts, names: readonly string[]): string | null | undefined {
  const settings = rowsOf(node, 'settings')?.rows;
  for (const name of names) {
    const found = settings?.find((setting) => setting.name === name);
    if (found !== undefined) return found.value;
  }
  return undefined;
}
