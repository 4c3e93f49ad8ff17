import clsx from 'clsx';
import { Table2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/input';
import { shown } from '@/components/ui/shown';
import { MOST_LIVE_NODES } from '@/lib/contract/limits';
import { type LiveView, SPANS } from '@/lib/live/live-address';
import { QUANTILES } from '@/lib/live/plots';

interface LiveControlsProps {
  view: LiveView;
  onView: (change: Partial<LiveView>) => void;
  /** All nodes of the cluster. */
  nodes: readonly string[];
  pools: readonly string[];
  /** The plots are of one node or table that the page has chosen. */
  isOfOneNode: boolean;
  isOfTable: boolean;
}

/** Span, quantile, pool, nodes; pictures or numbers. */
export function LiveControls({ view, onView, nodes, pools, isOfOneNode, isOfTable }: LiveControlsProps) {
  const poolNames = view.pool === null || pools.includes(view.pool) ? pools : [view.pool, ...pools];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        dense
        aria-label="Span"
        className="max-w-28"
        value={view.spanMinutes}
        onChange={({ target }) => onView({ spanMinutes: SPANS.find((span) => String(span) === target.value) ?? 15 })}
      >
        {SPANS.map((span) => (
          <option key={span} value={span}>
            {span === 60 ? '1 hour' : `${span} min`}
          </option>
        ))}
      </Select>
      <Select
        dense
        aria-label="Latencies and tombstones"
        className="max-w-24"
        value={view.quantile}
        onChange={({ target }) => onView({ quantile: QUANTILES.find((name) => name === target.value) ?? 'p99' })}
      >
        {QUANTILES.map((quantile) => (
          <option key={quantile}>{quantile}</option>
        ))}
      </Select>
      {!isOfTable && (
        <Select
          dense
          aria-label="Thread pool"
          className="max-w-44"
          value={view.pool ?? ''}
          onChange={({ target }) => onView({ pool: target.value === '' ? null : target.value })}
        >
          <option value="">All thread pools</option>
          {poolNames.map((pool) => (
            <option key={pool} value={pool}>
              {shown(pool)}
            </option>
          ))}
        </Select>
      )}
      {!isOfOneNode && nodes.length > 1 && <NodeChoice view={view} onView={onView} nodes={nodes} />}
      <Button
        size="sm"
        variant="ghost"
        icon={<Table2 size={14} aria-hidden="true" />}
        aria-pressed={view.asTable}
        onClick={() => onView({ asTable: !view.asTable })}
      >
        Numbers
      </Button>
    </div>
  );
}

/** Any of the nodes; in a large cluster one after the other. */
function NodeChoice({ view, onView, nodes }: Pick<LiveControlsProps, 'view' | 'onView' | 'nodes'>) {
  const isFew = nodes.length <= MOST_LIVE_NODES;
  const offered = isFew ? nodes : view.nodes;
  const toggle = (node: string) =>
    onView({ nodes: view.nodes.includes(node) ? view.nodes.filter((one) => one !== node) : [...view.nodes, node] });
  return (
    <fieldset aria-label="Nodes" className="flex flex-wrap items-center gap-1">
      {!isFew && view.nodes.length < MOST_LIVE_NODES && (
        <Select
          dense
          aria-label="Add a node"
          className="max-w-44"
          value=""
          onChange={({ target }) => toggle(target.value)}
        >
          <option value="">{view.nodes.length === 0 ? 'All nodes as one' : 'Add a node'}</option>
          {nodes
            .filter((node) => !view.nodes.includes(node))
            .map((node) => (
              <option key={node} value={node}>
                {shown(node)}
              </option>
            ))}
        </Select>
      )}
      {offered.map((node) => (
        <button
          key={node}
          type="button"
          aria-pressed={view.nodes.includes(node)}
          className={clsx(
            'h-6 rounded border border-line-strong px-2 font-mono text-xs hover:bg-hover pointer-coarse:h-8',
            view.nodes.includes(node) && 'bg-selected',
          )}
          onClick={() => toggle(node)}
        >
          {shown(node)}
        </button>
      ))}
    </fieldset>
  );
}
