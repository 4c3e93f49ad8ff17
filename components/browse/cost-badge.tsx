import clsx from 'clsx';
import { CircleSlash, Gauge } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { shown } from '@/components/ui/shown';
import type { ViewPlan } from '@/lib/browse/planner';

const TONES = { heavy: 'warn', light: 'ok', none: 'neutral' } as const;

/** In plain facts, before anything is read: what it costs, or what Cassandra still needs. */
export function CostBadge({ built: { problem, costText } }: { built: ViewPlan }) {
  if (problem !== null) return <Badge tone="danger">{problem}</Badge>;
  return (
    <Badge tone={TONES[costText.weight]} title="What this read costs">
      {costText.text}
    </Badge>
  );
}

const COLOURS = { heavy: 'text-warn', light: 'text-ok', none: 'text-muted' } as const;

/** The same as a line that wraps: nothing of it is cut. */
export function CostLine({ built: { problem, costText } }: { built: ViewPlan }) {
  const Icon = problem === null ? Gauge : CircleSlash;
  return (
    <p
      className={clsx(
        'flex items-start gap-1.5 break-words text-xs',
        problem === null ? COLOURS[costText.weight] : 'text-danger',
      )}
    >
      <Icon size={14} aria-hidden="true" className="mt-px shrink-0" />
      <span className="min-w-0">{shown(problem ?? costText.text)}</span>
    </p>
  );
}
