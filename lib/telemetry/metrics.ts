import 'server-only';
import type { Counter, Gauge, Registry } from 'prom-client';
import type { RequestCount } from './counts';

/** What Ringside has read from one cluster, and what of it is asked for or waits now. */
interface ClusterReading {
  readonly cluster: string;
  readonly pages: number;
  readonly rows: number;
  readonly bytes: number;
  readonly inFlight: number;
  readonly waiting: number;
}

/** Jobs of one kind in one state. */
interface JobCount {
  readonly kind: string;
  readonly state: string;
  readonly jobs: number;
}

/** Of the audit, since this process started. */
interface AuditCount {
  readonly lines: number;
  readonly lost: number;
  readonly isFailing: boolean;
}

/** Everything that the metrics are made from, read when they are asked for. */
export interface Reading {
  readonly requests: readonly RequestCount[];
  readonly streams: { readonly open: number; readonly bytes: number };
  readonly clusters: readonly ClusterReading[];
  readonly jobs: readonly JobCount[];
  /** Null: nothing is audited. */
  readonly audit: AuditCount | null;
  /** Null: nobody signs in. */
  readonly sessions: number | null;
}

/** A value with its labels. */
type Sample = readonly [labels: Readonly<Record<string, string | number>>, value: number];

interface Family {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly of: (reading: Reading) => readonly Sample[];
}

const ofClusters =
  (value: (reading: ClusterReading) => number): Family['of'] =>
  ({ clusters }) =>
    clusters.map((reading) => [{ cluster: reading.cluster }, value(reading)]);

/** What only grows. */
const COUNTERS: readonly Family[] = [
  {
    name: 'ringside_requests_total',
    help: 'Requests to the API, by endpoint and status.',
    labels: ['endpoint', 'status'],
    of: ({ requests }) => requests.map(({ endpoint, status, requests: count }) => [{ endpoint, status }, count]),
  },
  {
    name: 'ringside_stream_bytes_total',
    help: 'Bytes of rows, progress and files that were sent.',
    labels: [],
    of: ({ streams }) => [[{}, streams.bytes]],
  },
  {
    name: 'ringside_read_pages_total',
    help: 'Requests for rows that Cassandra answered.',
    labels: ['cluster'],
    of: ofClusters(({ pages }) => pages),
  },
  {
    name: 'ringside_read_rows_total',
    help: 'Rows that were read from Cassandra.',
    labels: ['cluster'],
    of: ofClusters(({ rows }) => rows),
  },
  {
    name: 'ringside_read_bytes_total',
    help: 'Bytes of the frames that rows came in.',
    labels: ['cluster'],
    of: ofClusters(({ bytes }) => bytes),
  },
  {
    name: 'ringside_audit_lines_total',
    help: 'Lines that were written to the audit.',
    labels: [],
    of: ({ audit }) => (audit === null ? [] : [[{}, audit.lines]]),
  },
  {
    name: 'ringside_audit_lost_lines_total',
    help: 'Lines of the audit that could not be written and were given up.',
    labels: [],
    of: ({ audit }) => (audit === null ? [] : [[{}, audit.lost]]),
  },
];

/** What is as it is now. */
const GAUGES: readonly Family[] = [
  {
    name: 'ringside_streams_open',
    help: 'Responses that are still being sent.',
    labels: [],
    of: ({ streams }) => [[{}, streams.open]],
  },
  {
    name: 'ringside_reads_in_flight',
    help: 'Pages that Cassandra was asked for and has not answered.',
    labels: ['cluster'],
    of: ofClusters(({ inFlight }) => inFlight),
  },
  {
    name: 'ringside_reads_waiting',
    help: 'Reads that wait for their turn.',
    labels: ['cluster'],
    of: ofClusters(({ waiting }) => waiting),
  },
  {
    name: 'ringside_jobs',
    help: 'Jobs in the data folder, by kind and state.',
    labels: ['kind', 'state'],
    of: ({ jobs }) => jobs.map(({ kind, state, jobs: count }) => [{ kind, state }, count]),
  },
  {
    name: 'ringside_audit_failing',
    help: '1 while the audit cannot be written.',
    labels: [],
    of: ({ audit }) => (audit === null ? [] : [[{}, Number(audit.isFailing)]]),
  },
  {
    name: 'ringside_sessions_open',
    help: 'Sessions of people who have signed in.',
    labels: [],
    of: ({ sessions }) => (sessions === null ? [] : [[{}, sessions]]),
  },
];

/** The metrics of this process in the Prometheus text format. */
export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

/**
 * Loads prom-client, which nothing else does, and with it the metrics of the process: memory, event-loop lag, garbage
 * collection.
 * @param read gives the values of the moment
 */
export async function openMetrics(read: () => Reading): Promise<Metrics> {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const options = (family: Family) => ({ ...optionsOf(family), registers: [registry] });
  const counters = COUNTERS.map((family) => [family, new Counter(options(family))] as const);
  const gauges = GAUGES.map((family) => [family, new Gauge(options(family))] as const);
  return { contentType: registry.contentType, text: () => textOf(registry, read(), counters, gauges) };
}

function optionsOf({ name, help, labels }: Family) {
  return { name, help, labelNames: [...labels] };
}

function textOf(
  registry: Registry,
  reading: Reading,
  counters: readonly (readonly [Family, Counter])[],
  gauges: readonly (readonly [Family, Gauge])[],
): Promise<string> {
  for (const [family, counter] of counters) {
    counter.reset();
    for (const [labels, value] of family.of(reading)) counter.inc(labels, value);
  }
  for (const [family, gauge] of gauges) {
    gauge.reset();
    for (const [labels, value] of family.of(reading)) gauge.set(labels, value);
  }
  return registry.metrics();
}
