import { Badge } from '@/components/ui/badge';
import { costText } from '@/lib/client/cost-text';
import type { BuiltSelect } from '@/lib/cql/select-builder';

const TONES = { heavy: 'warn', light: 'ok', none: 'neutral' } as const;

/** In plain facts, before anything is read: what it costs, or what Cassandra still needs. */
export function CostBadge({ built }: { built: BuiltSelect }) {
  if (built.problem !== null) return <Badge tone="danger">{built.problem}</Badge>;
  const { text, weight } = costText(built.cost);
  return (
    <Badge tone={TONES[weight]} title="What reading this costs">
      {text}
    </Badge>
  );
}
