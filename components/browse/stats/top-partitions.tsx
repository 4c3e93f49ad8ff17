import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { type TopPartition, topOf } from '@/lib/browse/summary';
import type { NodeStats } from '@/lib/contract/stats';
import { formatBytes, formatCount } from '@/lib/text/format';

const MOST = 10;

/** The partitions that repairs found to be the largest or to have the most tombstones. */
export function TopPartitionsPanel({ nodes }: { nodes: readonly NodeStats[] }) {
  const largest = topOf(nodes, (node) => node.largest, MOST);
  const tombstones = topOf(nodes, (node) => node.mostTombstones, MOST);
  return (
    <Panel title="Largest partitions" note="as recorded by repairs, Cassandra 4.1 and later">
      {largest.length === 0 && tombstones.length === 0 ? (
        <p className="text-muted text-sm">
          Nothing recorded yet. Nodes record the largest partitions, and those with the most tombstones, during a full
          or preview repair of the table.
        </p>
      ) : (
        <div className="grid gap-6 lg:grid-cols-2">
          <Top title="By size" entries={largest} amount={(bytes) => formatBytes(Number(bytes))} />
          <Top title="By tombstones" entries={tombstones} amount={(count) => formatCount(Number(count))} />
        </div>
      )}
    </Panel>
  );
}

function Top(props: { title: string; entries: readonly TopPartition[]; amount: (amount: bigint) => string }) {
  const { title, entries, amount } = props;
  return (
    <section aria-label={title}>
      <h3 className="mb-1 font-medium text-sm">{title}</h3>
      {entries.length === 0 ? (
        <p className="text-muted text-xs">None recorded.</p>
      ) : (
        <ol className="space-y-0.5 text-xs">
          {entries.map((entry) => (
            <li key={entry.key} className="flex gap-3">
              <span className="min-w-0 flex-1 break-all font-mono">
                <Shown text={entry.key} as="line" />
              </span>
              <span className="tabular-nums">{amount(entry.amount)}</span>
              <span className="text-faint">{entry.updatedAt?.slice(0, 10)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
