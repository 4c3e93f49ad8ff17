import type { Table } from '@/lib/contract/schema';
import type { IndexStanding, TableNode, TableNodesResponse, TableRow, TablesResponse } from '@/lib/contract/tables';
import { indexKind } from '@/lib/cql/schema-lookup';
import { effectiveOwnership } from '@/lib/ring/ownership';
import { parseReplication } from '@/lib/ring/replication';
import { type ClusterFacts, type FactName, type NodeFacts, rowsOf, TABLE_FACTS } from '../facts';
import { ttlWithoutWindows, windowsWithoutTtl } from '../rules/tables';
import { silentOf, unknownOf } from '../verdict';
import { figuresByTable, joinFigures, NO_FIGURES, type NodeFigures, tableKey } from './figures';
import { indexStateOf, type NodeIndexes, worstState } from './index-states';
import { byHurt, hurtOf } from './order';

type Keyspace = ClusterFacts['keyspaces'][number];

/** What figures of tables are read from. */
const FIGURE_FACTS: readonly FactName[] = [...TABLE_FACTS, 'largest'];
/** Of one table on each node, besides. */
const LIST_FACTS = FIGURE_FACTS.filter((name) => name !== 'repairs');

/** All tables that keep rows on disk, what hurts most first. */
export function tablesOf(facts: ClusterFacts): Omit<TablesResponse, 'pace'> {
  const figures = figuresByTable(facts);
  const indexes = indexesByNode(facts);
  const options = new Map(facts.tables.map((one) => [tableKey(one.keyspace, one.table), one]));
  const notes = notesOf(facts);
  const rows = facts.keyspaces
    .filter(({ virtual }) => !virtual)
    .flatMap((keyspace) =>
      keyspace.tables.flatMap((table) => {
        const key = tableKey(keyspace.name, table.name);
        const { compaction, defaultTtlSeconds } = options.get(key) ?? { compaction: null, defaultTtlSeconds: null };
        const row = rowOf(keyspace, table, figures.get(key) ?? [], indexes);
        return row === null ? [] : [{ ...row, compaction, defaultTtlSeconds, notes: notes.get(key) ?? [] }];
      }),
    );
  return {
    tables: rows.sort(byHurt),
    unknown: unknownOf(
      facts,
      LIST_FACTS.filter((name) => name !== 'saiIndexes' || usesSai(facts)),
    ),
    silent: silentOf(facts),
    nodes: facts.nodes.length,
    asOf: facts.asOf,
  };
}

type Row = Omit<TableRow, 'compaction' | 'defaultTtlSeconds' | 'notes'>;

function rowOf(
  { name, system }: Keyspace,
  table: Table,
  nodes: readonly NodeFigures[],
  indexes: readonly NodeIndexSets[],
): Row | null {
  if (table.kind === 'virtual') return null;
  const states = table.indexes.map((index): IndexStanding => {
    const isSai = indexKind(index) === 'sai';
    return worstState(
      index.name,
      indexes.map((of) => indexStateOf(index.name, isSai, of.ofKeyspace(name))),
    );
  });
  const windows = nodes.flatMap(({ windowMs }) => windowMs ?? []);
  return {
    keyspace: name,
    table: table.name,
    kind: table.kind,
    system,
    indexes: states,
    figures: joinFigures(nodes),
    windowMs: windows.length === 0 ? null : Math.round(Math.max(...windows)),
    ...hurtOf(nodes, states),
  };
}

/** What the verdict finds of the compaction of tables: stated here, not judged again. */
function notesOf(facts: ClusterFacts): Map<string, string[]> {
  const found = [...ttlWithoutWindows(facts), ...windowsWithoutTtl(facts)];
  const titles = new Map(found.map(({ id, title }) => [id.slice(id.indexOf(':') + 1), title]));
  return new Map(
    facts.tables.flatMap(({ keyspace, table }) => {
      const title = titles.get(`${keyspace}.${table}`);
      return title === undefined ? [] : [[tableKey(keyspace, table), [title]]];
    }),
  );
}

function usesSai({ keyspaces }: ClusterFacts): boolean {
  return keyspaces.some(({ tables }) =>
    tables.some(({ indexes }) => indexes.some((index) => indexKind(index) === 'sai')),
  );
}

/** The indexes that one node knows, by keyspace. */
interface NodeIndexSets {
  readonly node: string;
  readonly ofKeyspace: (keyspace: string) => NodeIndexes;
}

function indexesByNode({ nodes }: ClusterFacts): NodeIndexSets[] {
  return nodes.flatMap((node) => {
    const built = rowsOf(node, 'builtIndexes');
    if (built === undefined) return [];
    const sai = rowsOf(node, 'saiIndexes');
    const cache = new Map<string, NodeIndexes>();
    const make = (keyspace: string): NodeIndexes => ({
      built: new Set(built.rows.flatMap((row) => (row.keyspace === keyspace ? [row.name] : []))),
      sai: sai && new Map(sai.rows.flatMap((row) => (row.keyspace === keyspace ? [[row.name, row] as const] : []))),
    });
    const ofKeyspace = (keyspace: string) => {
      const known = cache.get(keyspace) ?? make(keyspace);
      cache.set(keyspace, known);
      return known;
    };
    return [{ node: node.node, ofKeyspace }];
  });
}

/** One table on each node: its figures, its share of the ring, its last repair; null: there is no such table. */
export function tableNodesOf(facts: ClusterFacts, keyspace: string, name: string): TableNodesResponse | null {
  const found = facts.keyspaces.find((one) => one.name === keyspace && !one.virtual);
  const table = found?.tables.find((one) => one.name === name);
  if (found === undefined || table === undefined) return null;
  const figures = figuresByTable(facts).get(tableKey(keyspace, name)) ?? [];
  const indexes = indexesByNode(facts);
  const owned = ownedBy(facts, found);
  return {
    nodes: facts.nodes.map((node): TableNode => {
      const own = figures.find((one) => one.node === node);
      const states = indexes.find((one) => one.node === node.node)?.ofKeyspace(keyspace);
      return {
        node: node.node,
        datacenter: node.datacenter,
        rack: node.rack,
        silence: node.silence?.reason ?? null,
        figures: own?.figures ?? NO_FIGURES,
        windowMs: own?.windowMs ?? null,
        indexes: table.indexes.map((index) => ({
          name: index.name,
          state: states === undefined ? 'unknown' : indexStateOf(index.name, indexKind(index) === 'sai', states),
        })),
        owns: owned?.get(node.hostId) ?? null,
        repairedAt: repairedAt(node, table.id),
        askedAt: oldestOf(node),
      };
    }),
    statements: statementsOf(facts),
    unknown: unknownOf(
      facts,
      FIGURE_FACTS.filter((one) => one !== 'saiIndexes' || usesSai(facts)),
    ),
    asOf: facts.asOf,
  };
}

/** Undefined where placement is not known: before the ring is read, and for tables that each node keeps for itself. */
function ownedBy({ members }: ClusterFacts, { replication }: Keyspace): ReadonlyMap<string, number> | undefined {
  const strategy = parseReplication(replication);
  if (strategy.kind === 'unknown' || members.length === 0) return undefined;
  return effectiveOwnership(members, strategy);
}

function repairedAt(node: NodeFacts, id: string | null): string | null {
  const repairs = rowsOf(node, 'repairs')?.rows.filter(({ tableIds }) => id !== null && tableIds.includes(id)) ?? [];
  return (
    repairs
      .map((one) => one.repairedAt)
      .sort()
      .at(-1) ?? null
  );
}

function oldestOf(node: NodeFacts): string | null {
  const times = FIGURE_FACTS.flatMap((name) => rowsOf(node, name)?.askedAt ?? []);
  return times.sort()[0] ?? null;
}

function statementsOf({ nodes }: ClusterFacts): string[] {
  const all = nodes.flatMap(({ reads }) => FIGURE_FACTS.flatMap((name) => reads[name]?.statement ?? []));
  return [...new Set(all)];
}
