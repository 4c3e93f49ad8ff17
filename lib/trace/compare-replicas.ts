import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { ReplicaResultsResponse } from '@/lib/contract/replica-results';

/** A row as each node has it. */
export interface ReplicaRow {
  /** The values of the key columns in the result, or the whole row where the result has not the whole key. */
  readonly key: string;
  /** By the order of the results: the row, null where the node has none, undefined where that is not known. */
  readonly rows: readonly (readonly JsonValue[] | null | undefined)[];
  /** Columns whose values differ among the nodes that have the row. */
  readonly differing: readonly string[];
  /** Some nodes have it and some do not. */
  readonly isPartial: boolean;
}

export interface ReplicaComparison {
  readonly keyColumns: readonly string[];
  readonly rows: number;
  /** Only the rows that are not the same everywhere, in the order in which they were read. */
  readonly different: readonly ReplicaRow[];
  readonly answered: number;
}

/**
 * Compares results by key. A node of which only the first rows were read says nothing of a row that it did not reach.
 */
export function compareReplicas({ columns, results }: ReplicaResultsResponse): ReplicaComparison {
  const keyed = columns.filter(({ kind }) => kind === 'partition_key' || kind === 'clustering').map(({ name }) => name);
  const at = columns.flatMap(({ name }, index) => (keyed.includes(name) ? [index] : []));
  const keyOf = (row: readonly JsonValue[]) => jsonText(at.length === 0 ? row : at.map((index) => row[index] ?? null));
  const byNode = results.map(({ rows }) => (rows === null ? null : new Map(rows.map((row) => [keyOf(row), row]))));
  const keys = [...new Set(byNode.flatMap((rows) => [...(rows?.keys() ?? [])]))];
  const compared = keys.map((key): ReplicaRow => {
    const rows = byNode.map(
      (found, node) => found?.get(key) ?? (results[node]?.more === false && found !== null ? null : undefined),
    );
    const present = rows.filter((row) => row != null);
    const differing = columns.flatMap(({ name }, index) =>
      new Set(present.map((row) => jsonText(row[index] ?? null))).size > 1 ? [name] : [],
    );
    return { key, rows, differing, isPartial: rows.some((row) => row === null) && present.length > 0 };
  });
  return {
    keyColumns: keyed,
    rows: keys.length,
    different: compared.filter(({ differing, isPartial }) => differing.length > 0 || isPartial),
    answered: results.filter(({ rows }) => rows !== null).length,
  };
}

/** The outcome in a sentence that claims no more than was read. */
export function replicaVerdict(response: ReplicaResultsResponse, comparison: ReplicaComparison): string {
  const { results, mostRows } = response;
  const { answered, different, rows } = comparison;
  if (answered === 0) return 'No node answered.';
  const who = answered === results.length ? `All ${answered}` : `${answered} of ${results.length}`;
  const nodes = `${who} ${results.length === 1 ? 'node' : 'nodes'} answered`;
  const isCut = results.some(({ more }) => more);
  const bound = isCut ? ` Only the first rows were compared, at most ${mostRows} of each node.` : '';
  const unproved = results.filter(({ rows: read, proof }) => read !== null && proof !== 'own').length;
  const proof = unproved === 0 ? '' : ' Not every result is proved to be the node’s own data.';
  if (answered === 1) return `${nodes}, so there is nothing to compare.${bound}${proof}`;
  if (different.length > 0)
    return `${nodes}: ${different.length} of ${rows} rows differ.${bound}${proof} A repair, or a read at ALL, brings the newest values to all.`;
  return `${nodes} with the same ${rows === 1 ? 'row' : `${rows} rows`}.${bound}${proof}`;
}
