import { Badge } from '@/components/ui/badge';
import type { ViewPlan } from '@/lib/browse/planner';

const TONES = { heavy: 'warn', light: 'ok', none: 'neutral' } as const;

/** In plain facts, before anything is read: what it costs, or what Cassandra still needs. */
export function CostBadge({ built: { problem, costText } }: { built: ViewPlan }) {
  if (problem !== null) return <Badge tone="danger">{problem}</Badge>;
  return (
    <Badge tone={TONES[costText.weight]} title="What reading this costs">
      {costText.text}
    </Badge>
  );
}
