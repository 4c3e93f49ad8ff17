import { Code } from 'lucide-react';
import { lazy } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';

const loadPanel = () => import('./statement-panel');
const StatementPanel = lazy(() => loadPanel().then((panel) => ({ default: panel.StatementPanel })));

/** The exact statement whose rows are shown; null until the first page arrives. */
export function StatementButton({ cluster, statement }: { cluster: string; statement: string | null }) {
  const trigger = (
    <Button
      size="sm"
      variant="ghost"
      icon={<Code size={12} aria-hidden="true" />}
      disabled={statement === null}
      onPointerEnter={() => void loadPanel()}
      onFocus={() => void loadPanel()}
    >
      CQL
    </Button>
  );
  return (
    <Popover label="The statement of these rows" align="end" trigger={trigger} className="w-[min(36rem,92vw)]">
      {statement !== null && (
        <Later fallback={<div className="h-16" />}>
          <StatementPanel cluster={cluster} statement={statement} />
        </Later>
      )}
    </Popover>
  );
}
