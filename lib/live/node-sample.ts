import { type Counted, greatestOf, type LatencyRow, type Moved, movedOf, sumOf, tableKey } from './rates';
import { isOwnKeyspace, SERIES, type SeriesName } from './series';

/** Numbers of one node at one time, from one response. NaN: not known. */
export interface NodeSample {
  readonly node: Map<SeriesName, number>;
  readonly tables: Map<string, Map<SeriesName, number>>;
  readonly pools: Map<string, { readonly pending: number; readonly blocked: number }>;
}

export function emptySample(): NodeSample {
  return { node: new Map(), tables: new Map(), pools: new Map() };
}

/** The series of each table of latencies: how many requests, and how long they took. */
const LATENCY_SERIES = {
  coordinatorRead: ['reads', 'readP50', 'readP99', 'readMax'],
  coordinatorWrite: ['writes', 'writeP50', 'writeP99', 'writeMax'],
  coordinatorScan: ['scans', 'scanP50', 'scanP99', 'scanMax'],
  localRead: ['localReads', 'localReadP50', 'localReadP99', 'localReadMax'],
  localWrite: ['localWrites', 'localWriteP50', 'localWriteP99', 'localWriteMax'],
} as const satisfies Readonly<Record<string, readonly [SeriesName, SeriesName, SeriesName, SeriesName]>>;

export type LatencyName = keyof typeof LATENCY_SERIES;

/** What moved between two responses of one table of latencies. */
export function latencySample(
  name: LatencyName,
  before: Counted<LatencyRow> | undefined,
  now: Counted<LatencyRow>,
): NodeSample {
  const sample = emptySample();
  const moved = movedOf(before, now);
  put(sample.node, name, moved.node);
  for (const row of now.rows) {
    const one = moved.tables.get(tableKey(row));
    if (one !== undefined && !isOwnKeyspace(row.keyspace)) put(tableIn(sample, row), name, one);
  }
  return sample;
}

function put(into: Map<SeriesName, number>, name: LatencyName, { perSecond, p50, p99, max }: Moved): void {
  const [rateName, p50Name, p99Name, maxName] = LATENCY_SERIES[name];
  into.set(rateName, perSecond).set(p50Name, p50).set(p99Name, p99).set(maxName, max);
}

type TableName = { readonly keyspace: string; readonly table: string };

function tableIn({ tables }: NodeSample, name: TableName): Map<SeriesName, number> {
  const found = tables.get(tableKey(name)) ?? new Map<SeriesName, number>();
  tables.set(tableKey(name), found);
  return found;
}

/** Numbers of tables, each by itself and combined for the node. */
export function tableSample<Row extends TableName>(
  rows: readonly Row[],
  numbersOf: (row: Row) => readonly (readonly [SeriesName, number])[],
): NodeSample {
  const sample = emptySample();
  for (const row of rows) {
    if (isOwnKeyspace(row.keyspace)) continue;
    for (const [name, value] of numbersOf(row)) {
      sample.node.set(name, combine(name, sample.node.get(name) ?? Number.NaN, value));
      tableIn(sample, row).set(name, value);
    }
  }
  return sample;
}

/** Two numbers of a series as one. NaN counts as absent. */
export function combine(name: SeriesName, one: number, other: number): number {
  return SERIES[name].combined === 'sum' ? sumOf(one, other) : greatestOf(one, other);
}
