import type { UnknownFact } from '@/lib/contract/health';
import type { IndexedValues } from '@/lib/contract/tables';
import { indexKind } from '@/lib/cql/schema-lookup';
import { parseReplication } from '@/lib/ring/replication';
import { formatCount, plural } from '@/lib/text/format';
import type { ClusterFacts, IndexSample } from './facts';
import { ownKeyspaces } from './finding';

/** What the values of an indexed column mean for its index. */

/** Fewer values say too little, and so do values of fewer places. */
export const ENOUGH_VALUES = 1_000;
export const ENOUGH_PLACES = 16;
/** From here on nearly every value is another one. */
export const DISTINCT_SHARE = 0.99;
/** No more values than these are few. */
export const FEW_VALUES = 100;
/** A value of fewer rows narrows a query down. */
export const COMMON_SHARE = 0.1;
/** From here on the entries of one value are too many on a node: each is looked up alone. */
export const MANY_ENTRIES = 100_000;

export type IndexJudgement =
  | { readonly is: 'high'; readonly nodes: number; readonly replicas: number }
  | { readonly is: 'low'; readonly entries: number }
  /** Nothing is wrong, or it is not known, for this reason. */
  | { readonly is: 'none'; readonly why: string };

/**
 * Only what is sure. An index of the older kind keeps on each node the entries of the node's own rows, those of one value
 * together. SAI and SASI keep them otherwise, and neither number is bad for them by itself.
 */
export function judgeIndex(sample: IndexSample, facts: ClusterFacts): IndexJudgement {
  if (sample.kind !== 'secondary') return { is: 'none', why: OTHER_KINDS[sample.kind] };
  if (sample.values < ENOUGH_VALUES || sample.places < ENOUGH_PLACES) {
    const why = `Too few to judge: it takes ${formatCount(ENOUGH_VALUES)} values of ${ENOUGH_PLACES} places.`;
    return { is: 'none', why };
  }
  if (sample.distinct >= DISTINCT_SHARE * sample.values) return judgeHigh(sample, facts);
  if (sample.distinct <= FEW_VALUES) return judgeLow(sample, facts);
  return { is: 'none', why: 'Neither few values nor nearly all different.' };
}

const OTHER_KINDS: Readonly<Record<Exclude<IndexSample['kind'], 'secondary'>, string>> = {
  sai: 'SAI serves few values and many alike; the number alone says nothing against it.',
  sasi: 'SASI serves many different values; it is experimental, whatever its values are.',
  unknown: 'Ringside does not know this kind of index.',
};

function judgeHigh({ keyspace }: IndexSample, facts: ClusterFacts): IndexJudgement {
  const [widest] = centersOf(keyspace, facts).toSorted((a, b) => b.nodes / b.replicas - a.nodes / a.replicas);
  if (widest === undefined)
    return { is: 'none', why: 'Nearly all different; how many nodes a query asks is not known.' };
  if (widest.nodes > widest.replicas) return { is: 'high', ...widest };
  return { is: 'none', why: 'Nearly all different, but every node has all rows: a query asks one of them.' };
}

function judgeLow(sample: IndexSample, facts: ClusterFacts): IndexJudgement {
  const share = leastShare(sample);
  if (share < COMMON_SHARE)
    return { is: 'none', why: 'Few values, but none that a tenth of the rows has for certain.' };
  const entries = entriesOf(sample, share, facts);
  if (entries === null) return { is: 'none', why: 'Few values; how many rows the table has is not known.' };
  if (entries >= MANY_ENTRIES) return { is: 'low', entries };
  const why = `Few values, but a node has no more than some ${formatCount(entries)} rows of any.`;
  return { is: 'none', why };
}

/** The share of rows with the most common value, at least. Rows of one place are alike, so that a place counts once. */
function leastShare({ most, rows, places }: IndexSample): number {
  const share = most / rows;
  return Math.max(0, share - 2 * Math.sqrt((share * (1 - share)) / places));
}

/** Rows of that value on a node, at least: a sample shows a part of each partition. Null: not known. */
function entriesOf(sample: IndexSample, share: number, facts: ClusterFacts): number | null {
  const centers = centersOf(sample.keyspace, facts);
  if (sample.estimatedPartitions === null || sample.partitions === 0 || centers.length === 0) return null;
  const rows = (sample.estimatedPartitions * sample.rows) / sample.partitions;
  const held = centers.map(({ nodes, replicas }) => Math.min(replicas, nodes) / nodes);
  return Math.floor(rows * share * Math.max(...held));
}

interface Center {
  readonly nodes: number;
  readonly replicas: number;
}

/** The datacenters with replicas; empty where the placement is not known. */
function centersOf(name: string, { members, keyspaces }: ClusterFacts): Center[] {
  const strategy = parseReplication(keyspaces.find((one) => one.name === name)?.replication ?? {});
  if (strategy.kind === 'simple') {
    return members.length === 0 ? [] : [{ nodes: members.length, replicas: strategy.factor }];
  }
  if (strategy.kind !== 'network') return [];
  return [...strategy.factors].flatMap(([datacenter, replicas]) => {
    const nodes = members.filter((member) => member.datacenter === datacenter).length;
    return nodes === 0 || replicas === 0 ? [] : [{ nodes, replicas }];
  });
}

/** Samples of indexes that are still there, of the table as it is. */
export function currentSamples(facts: ClusterFacts): readonly IndexSample[] {
  return (facts.indexSamples ?? []).filter(({ keyspace, table, tableId, index }) =>
    facts.keyspaces.some(
      ({ name, tables }) =>
        name === keyspace &&
        tables.some(
          (one) => one.name === table && one.id === tableId && one.indexes.some(({ name: own }) => own === index),
        ),
    ),
  );
}

/** In a sentence, for the page. */
export function indexSays(sample: IndexSample, facts: ClusterFacts): string {
  const judged = judgeIndex(sample, facts);
  switch (judged.is) {
    case 'high':
      return `Nearly all different: a query without the partition key asks ${plural(judged.nodes, 'node')} for few rows.`;
    case 'low':
      return `Few values: a node has some ${formatCount(judged.entries)} rows of the most common, each looked up alone.`;
    case 'none':
      return judged.why;
    default:
      return judged satisfies never;
  }
}

/** Nobody's rows are read unasked, so that most indexes are not known. Only those of the older kind are judged. */
export function unsampledIndexes(facts: ClusterFacts): UnknownFact[] {
  const sampled = new Set(currentSamples(facts).map(({ keyspace, table, index }) => `${keyspace}.${table}.${index}`));
  const missing = ownKeyspaces(facts).flatMap(({ name, tables }) =>
    tables.flatMap((table) =>
      table.indexes.flatMap((index) => {
        const own = `${name}.${table.name}.${index.name}`;
        return indexKind(index) === 'secondary' && !sampled.has(own) ? [own] : [];
      }),
    ),
  );
  if (missing.length === 0) return [];
  const which =
    missing.length === 1 ? `of ${missing[0]}` : `of ${plural(missing.length, 'secondary index', 'secondary indexes')}`;
  const why = `Rows are sampled only when somebody asks for it: open the table on Tables, and press Sample indexes.`;
  return [{ what: `How many values the columns ${which} have`, why, nodes: [], grant: null }];
}

/** Counts the values of a column by their bytes. */
export class ValueCounts {
  readonly #rows = new Map<string, number>();
  nulls = 0;

  /** @param identity null: no value */
  add(identity: string | null): void {
    if (identity === null) this.nulls += 1;
    else this.#rows.set(identity, (this.#rows.get(identity) ?? 0) + 1);
  }

  get counted(): Pick<IndexedValues, 'values' | 'nulls' | 'distinct' | 'most'> {
    const rows = [...this.#rows.values()];
    return {
      values: rows.reduce((sum, one) => sum + one, 0),
      nulls: this.nulls,
      distinct: rows.length,
      most: rows.reduce((most, one) => Math.max(most, one), 0),
    };
  }
}
