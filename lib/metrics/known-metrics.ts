import { emptySample, type NodeSample } from '@/lib/live/node-sample';
import { type Counted, greatestOf, rateOf, sumOf } from '@/lib/live/rates';
import type { SeriesName } from '@/lib/live/series';
import { isOwnKeyspace } from '@/lib/live/series';
import { type MetricSample, parsePrometheus } from './prometheus';

type Labels = ReadonlyMap<string, string>;

/** How exporters say one series. */
interface KnownMetric {
  readonly series: SeriesName;
  /** In lower case. */
  readonly names: readonly string[];
  readonly isMeant: (labels: Labels, name: string) => boolean;
  /** A counter becomes a rate. */
  readonly isCounter: boolean;
  readonly factor: number;
  readonly combined: 'sum' | 'greatest';
}

const any = () => true;
const labelIs = (label: string, value: string) => (labels: Labels) =>
  [...labels].some(([name, text]) => name.toLowerCase() === label && text.toLowerCase() === value);
const gauge = { isCounter: false, factor: 1, combined: 'sum' } as const;
const MS_PER_S = 1_000;

/**
 * The names of jmx_exporter (its own, and those of the rules that its example for Cassandra has) and of Instaclustr's
 * cassandra-exporter. Gauges of several labels add up, except SSTables per read, of which the greatest counts.
 */
const KNOWN: readonly KnownMetric[] = [
  {
    ...gauge,
    series: 'heap',
    names: ['jvm_memory_used_bytes', 'jvm_memory_bytes_used'],
    isMeant: labelIs('area', 'heap'),
  },
  { ...gauge, series: 'gc', names: ['jvm_gc_collection_seconds_sum'], isMeant: any, isCounter: true, factor: MS_PER_S },
  {
    ...gauge,
    series: 'dropped',
    names: ['org_apache_cassandra_metrics_droppedmessage_count'],
    isMeant: labelIs('name', 'dropped'),
    isCounter: true,
  },
  {
    ...gauge,
    series: 'dropped',
    names: [
      'cassandra_droppedmessage_dropped',
      'cassandra_droppedmessage_dropped_count',
      'cassandra_droppedmessage_dropped_total',
      'cassandra_dropped_messages_total',
    ],
    isMeant: any,
    isCounter: true,
  },
  {
    ...gauge,
    series: 'compactions',
    names: ['org_apache_cassandra_metrics_compaction_value'],
    isMeant: labelIs('name', 'pendingtasks'),
  },
  {
    ...gauge,
    series: 'compactions',
    names: ['cassandra_compaction_pendingtasks', 'cassandra_compaction_pending_tasks'],
    isMeant: any,
  },
  { ...gauge, series: 'diskFree', names: ['cassandra_storage_filesystem_usable_bytes'], isMeant: any },
  {
    ...gauge,
    series: 'sstables',
    names: ['org_apache_cassandra_metrics_table_99thpercentile'],
    isMeant: (labels) =>
      labelIs('name', 'sstablesperreadhistogram')(labels) &&
      labels.has('keyspace') &&
      !isOwnKeyspace(labels.get('keyspace') ?? ''),
    combined: 'greatest',
  },
];

const STARTED = 'process_start_time_seconds';
const NAMES: ReadonlySet<string> = new Set([STARTED, ...KNOWN.flatMap(({ names }) => names)]);

/** What an endpoint says, in the series of the live pages. Absent: it does not say it. */
export interface KnownNumbers {
  /** The second in which the process started; null: it does not say. */
  readonly generation: number | null;
  readonly gauges: ReadonlyMap<SeriesName, number>;
  readonly counters: ReadonlyMap<SeriesName, number>;
}

/** Reads the text of an exporter. */
export function knownNumbers(text: string): KnownNumbers {
  const [gauges, counters] = [new Map<SeriesName, number>(), new Map<SeriesName, number>()];
  let generation: number | null = null;
  for (const sample of parsePrometheus(text, (name) => NAMES.has(name.toLowerCase()))) {
    const name = sample.name.toLowerCase();
    if (name === STARTED) generation = Math.round(sample.value);
    for (const known of KNOWN) if (known.names.includes(name)) add(known, sample, known.isCounter ? counters : gauges);
  }
  return { generation, gauges, counters };
}

function add({ series, isMeant, factor, combined }: KnownMetric, sample: MetricSample, into: Map<SeriesName, number>) {
  if (!isMeant(sample.labels, sample.name) || sample.value < 0) return;
  const [value, held] = [sample.value * factor, into.get(series) ?? Number.NaN];
  into.set(series, combined === 'sum' ? sumOf(held, value) : greatestOf(held, value));
}

/** A response of an endpoint, and when it came on a clock that only goes forward. */
export type CountedNumbers = KnownNumbers & Pick<Counted<never>, 'atMs'>;

/** Gauges as they are, and counters as rates since `before`; a restart in between is a gap. */
export function metricsSample(before: CountedNumbers | undefined, now: CountedNumbers): NodeSample {
  const sample = emptySample();
  for (const [series, value] of now.gauges) sample.node.set(series, value);
  const last = before !== undefined && before.generation === now.generation ? before : undefined;
  for (const [series, count] of now.counters) {
    const then = last?.counters.get(series);
    const earlier = last === undefined || then === undefined ? undefined : { atMs: last.atMs, count: then };
    sample.node.set(series, rateOf(earlier, { atMs: now.atMs, count }));
  }
  return sample;
}
