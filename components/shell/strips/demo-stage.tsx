import { TriangleAlert } from 'lucide-react';
import { Progress } from '@/components/ui/progress';
import type { DemoProgress } from '@/lib/contract/clusters';
import { formatCount } from '@/lib/text/format';

/** Progress of loading the demo data in one line, or why it ended early. */
export default function DemoStage({ demo }: { demo: DemoProgress }) {
  if (demo.state === 'failed') {
    return (
      <div role="alert" className="flex items-center gap-2 bg-warn-soft px-4 py-1.5 text-sm">
        <TriangleAlert size={16} aria-hidden="true" className="shrink-0 text-warn" />
        <span>The demo data did not load completely. {demo.message}</span>
      </div>
    );
  }
  const fraction = demo.rows !== undefined && demo.total ? demo.rows / demo.total : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-accent-soft px-4 py-1 text-sm">
      <span className="font-medium">Loading demo data</span>
      <span className="min-w-0 truncate text-muted">{stageText(demo)}</span>
      <Progress label="Demo data loaded" fraction={fraction} className="min-w-24 max-w-80 flex-1" />
    </div>
  );
}

function stageText({ state, keyspace, table, rows, total, rowsPerSecond, message }: DemoProgress): string {
  if (state === 'waiting') return message ?? 'waiting for Cassandra';
  return [
    keyspace !== undefined && table !== undefined ? `${keyspace}.${table}` : keyspace,
    rows !== undefined && `${formatCount(rows)}${total === undefined ? '' : ` of ${formatCount(total)}`} rows`,
    rowsPerSecond !== undefined && `${formatCount(Math.round(rowsPerSecond))} rows/s`,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(' · ');
}
