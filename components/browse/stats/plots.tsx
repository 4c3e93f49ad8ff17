import type { Latency, NodeStats, PerRead } from '@/lib/contract/stats';
import { BarPlot, type PlotRow } from './bar-plot';

const BELOW = { one: '< 0.5', all: 'none lately, or < 0.5' };
const NONE = { one: '0', all: 'none lately' };
const NO_NODE = 'No node tells it: its table in system_views is missing or may not be read.';

/** Reads and writes of this table as nodes measure them, each on its own scale. */
export function Plots({ nodes }: { nodes: readonly NodeStats[] }) {
  const latency = (pick: (node: NodeStats) => Latency | null) => rowsOf(nodes, pick, latencyRow);
  const perRead = (pick: (node: NodeStats) => PerRead | null) => rowsOf(nodes, pick, perReadRow);
  return (
    <>
      <p className="mb-3 text-faint text-xs">
        Bar: median. Paler: 99th percentile. Tick: the most. Then the three as numbers, and how many requests there were
        since the node started: old ones fade out of the figures within minutes.
      </p>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-2">
        <Latencies title="Local reads" rows={latency(({ localRead }) => localRead)} />
        <Latencies title="Local writes" rows={latency(({ localWrite }) => localWrite)} />
        <Latencies title="Coordinated reads" rows={latency(({ coordinatorRead }) => coordinatorRead)} />
        <Latencies title="Coordinated writes" rows={latency(({ coordinatorWrite }) => coordinatorWrite)} />
        <BarPlot
          title="Tombstones per read"
          unit="cells; Cassandra counts none as 1"
          zero={NONE}
          rows={perRead(({ tombstonesPerRead }) => tombstonesPerRead)}
          empty={NO_NODE}
        />
        <BarPlot
          title="Rows per read"
          unit="rows"
          zero={NONE}
          rows={perRead(({ rowsPerRead }) => rowsPerRead)}
          empty={NO_NODE}
        />
      </div>
    </>
  );
}

function Latencies({ title, rows }: { title: string; rows: readonly PlotRow[] }) {
  return <BarPlot title={title} unit="ms, told in whole ones" zero={BELOW} rows={rows} empty={NO_NODE} />;
}

function rowsOf<T>(
  nodes: readonly NodeStats[],
  pick: (node: NodeStats) => T | null,
  row: (label: string, value: T) => PlotRow,
): PlotRow[] {
  return nodes.flatMap((node) => {
    const value = pick(node);
    return value === null ? [] : [row(node.node, value)];
  });
}

function latencyRow(label: string, { p50Ms, p99Ms, maxMs, count }: Latency): PlotRow {
  return { label, p50: p50Ms, p99: p99Ms, max: maxMs, count: Number(count) };
}

function perReadRow(label: string, { p50, p99, max, count }: PerRead): PlotRow {
  return { label, p50, p99, max, count: Number(count) };
}
