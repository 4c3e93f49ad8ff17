import 'server-only';
import { createHash } from 'node:crypto';
import { FIND_BUDGETS, MOST_OF_A_PARTITION } from '@/lib/contract/figures';
import type { FindRequest, Found } from '@/lib/contract/tables';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { keyColumns } from '@/lib/cql/row-key';
import { type IndexShape, schemaLookup } from '@/lib/cql/schema-lookup';
import { type ClusterFacts, type IndexSample, rowsOf } from '@/lib/health/facts';
import type { Place } from '@/lib/health/hurt/sampled';
import { indexSays, ValueCounts } from '@/lib/health/index-values';
import { invalidRequest } from '../../failure';
import type { Cluster } from '../client/cluster';
import { readClusterFacts } from '../nodes/cluster-facts';
import { keepIndexSamples } from '../nodes/index-samples';
import { readSchema } from '../schema/schema';
import { budgetedRead, type FindTable, inTurns } from './find-places';
import { pageCells } from './page-values';
import type { PagePart } from './pages';

/** An index on a whole column, and the values of it that were read. */
interface Sampled {
  readonly index: IndexShape;
  readonly counts: ValueCounts;
}

interface Sample {
  readonly statement: string;
  /** Cells before the first indexed column. */
  readonly keys: number;
  readonly sampled: readonly Sampled[];
  readonly seenPlaces: Set<Place>;
  rows: number;
  partitions: number;
}

/**
 * The values of indexed columns, at places evenly spread over the ring, a few rows of each partition. The sample is kept, so
 * that the verdict knows it. Yields what is found so far, and returns the end.
 * @throws Failure `not_found`; `invalid_request` where no index is on a whole column; the signal's reason
 */
export async function* findIndexes(
  cluster: Cluster,
  target: FindTable,
  request: FindRequest,
  signal: AbortSignal,
): AsyncGenerator<Found, Found, undefined> {
  const { seconds, rows, places } = FIND_BUDGETS.indexes;
  const limits = { seconds: request.seconds ?? seconds, rows: request.rows ?? rows, places: request.places ?? places };
  const budget = { ...limits, places: Math.min(limits.places, limits.rows) };
  const sample = await sampleOf(cluster, target);
  const read = await budgetedRead(cluster, budget, signal);
  // The nodes are asked for their estimates meanwhile.
  const facts = () => readClusterFacts(cluster, { demanded: ['estimates'] });
  await facts();
  const found = (ended: Found['ended'], known: ClusterFacts): Found => ({
    what: 'indexes',
    ...read.spent(sample.partitions),
    ended,
    statement: sample.statement,
    ...NOTHING_ELSE,
    indexes: samplesOf(sample, target, known).map(({ index, column, kind, values, nulls, distinct, most, ...more }) => {
      const says = indexSays({ index, column, kind, values, nulls, distinct, most, ...more }, known);
      return { index, column, kind, values, nulls, distinct, most, says };
    }),
  });
  const all = read.places(MOST_OF_A_PARTITION);
  const onPart = (place: Place, part: PagePart) => addRows(sample, place, part);
  for await (const _ of inTurns(read, all, sample.statement, onPart, (place) => place.end())) {
    yield found('running', await facts());
  }
  const known = await facts();
  keepIndexSamples(await cluster.client(), samplesOf(sample, target, known));
  return found(read.ended, known);
}

const NOTHING_ELSE = { widest: [], tombstones: [], traced: 0, untraced: 0, advice: null, noAdvice: null };

async function sampleOf(cluster: Cluster, { name, table }: FindTable): Promise<Sample> {
  const lookup = schemaLookup((await readSchema(cluster)).keyspaces).table(name.keyspace, name.table);
  const shapes = lookup?.indexes.filter(({ part }) => part === 'value') ?? [];
  if (shapes.length === 0) {
    throw invalidRequest(
      `${name.keyspace}.${name.table} has no index on a whole column, so there is nothing to sample.`,
    );
  }
  const key = keyColumns(table.columns, 'partition_key').map((column) => quoteIdentifier(column.name));
  const token = `token(${key.join(', ')})`;
  const columns = [token, ...key, ...shapes.map(({ column }) => quoteIdentifier(column))];
  return {
    statement: `SELECT ${columns.join(', ')} FROM ${qualifiedName(name.keyspace, name.table)} WHERE ${token} > ? AND ${token} <= ? PER PARTITION LIMIT ${MOST_OF_A_PARTITION}`,
    keys: 1 + key.length,
    sampled: shapes.map((index) => ({ index, counts: new ValueCounts() })),
    seenPlaces: new Set(),
    rows: 0,
    partitions: 0,
  };
}

function addRows(sample: Sample, place: Place, part: PagePart): void {
  for (const cells of pageCells(part)) {
    const [tokenCell] = cells;
    const token = tokenCell == null ? 0n : Buffer.from(tokenCell).readBigInt64BE(0);
    if (place.current?.token !== token) {
      place.begin({ token, key: {}, cells: [] });
      sample.partitions += 1;
    }
    place.row(null);
    sample.seenPlaces.add(place);
    sample.rows += 1;
    for (const [at, { counts }] of sample.sampled.entries()) counts.add(identityOf(cells[sample.keys + at] ?? null));
  }
}

/** A hash, of 44 characters, where the value is longer than one. */
function identityOf(cell: Uint8Array | null): string | null {
  if (cell === null) return null;
  return cell.length <= 32 ? Buffer.from(cell).toString('latin1') : createHash('sha256').update(cell).digest('base64');
}

function samplesOf(sample: Sample, { name, table }: FindTable, facts: ClusterFacts): IndexSample[] {
  return sample.sampled.map(({ index, counts }) => ({
    ...name,
    tableId: table.id,
    index: index.name,
    column: index.column,
    kind: index.kind,
    ...counts.counted,
    places: sample.seenPlaces.size,
    partitions: sample.partitions,
    rows: sample.rows,
    estimatedPartitions: estimated(facts, name),
    askedAt: new Date().toISOString(),
    statement: sample.statement.replace(/ WHERE .*$/, ` PER PARTITION LIMIT ${MOST_OF_A_PARTITION} LIMIT 1000`),
  }));
}

/** Each partition once; null where a node does not say. */
function estimated({ nodes }: ClusterFacts, { keyspace, table }: FindTable['name']): number | null {
  let partitions = 0;
  for (const node of nodes) {
    const rows = rowsOf(node, 'estimates')?.rows;
    if (rows === undefined) return null;
    partitions += rows.find((row) => row.keyspace === keyspace && row.table === table)?.partitions ?? 0;
  }
  return partitions;
}
