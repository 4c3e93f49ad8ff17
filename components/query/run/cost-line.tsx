'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, Pencil, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { classifyQuery } from '@/lib/client/classify';
import { type CostText, costText } from '@/lib/client/cost-text';
import { errorText } from '@/lib/client/error-text';
import { useDebounced } from '@/lib/client/use-debounced';
import type { Classification } from '@/lib/contract/statements';
import { plural } from '@/lib/text/format';
import { costWords } from '@/lib/workbench/cost-words';
import type { Runnable } from '@/lib/workbench/runnable';
import type { StrayFix } from '@/lib/workbench/stray-words';

const TYPING_MS = 300;

/** Says why Run cannot run; the button refers to it. */
export const BLOCKED_ID = 'query-blocked';

interface CostLineProps {
  cluster: string;
  runnable: Runnable;
  keyspace: string | null;
  onFix: (fix: StrayFix) => void;
}

/** What the statement at the cursor costs, or why it cannot run. It has the full width under the editor and is never cut off. */
export function CostLine({ cluster, runnable, keyspace, onFix }: CostLineProps) {
  const statement = runnable.count === 1 && runnable.blocked === null ? (runnable.place?.text ?? '') : '';
  const settled = useDebounced(statement, TYPING_MS);
  const { data, error } = useQuery(classifyQuery(cluster, settled, keyspace));
  return <CostFacts runnable={runnable} cost={statement === '' ? null : { data, error }} onFix={onFix} />;
}

interface CostFactsProps {
  runnable: Runnable;
  /** Of the one statement; null where there is none, or it cannot run. Neither data nor an error: on its way. */
  cost: { readonly data: Classification | undefined; readonly error: Error | null } | null;
  onFix: (fix: StrayFix) => void;
}

/** The line from its facts alone. */
export function CostFacts({ runnable, cost, onFix }: CostFactsProps) {
  const { blocked, count } = runnable;
  const fix = blocked === null ? undefined : runnable.fix;
  return (
    <section
      aria-label="Cost of the statement"
      aria-live="polite"
      className="flex min-h-8 shrink-0 items-start border-line border-t bg-surface px-3 py-1.5 text-xs"
    >
      {blocked !== null && count > 0 && (
        <Line icon={<TriangleAlert size={16} aria-hidden="true" className="text-warn" />}>
          <span id={BLOCKED_ID} className="text-warn">
            {blocked}
          </span>
          {fix !== undefined && (
            <Button size="sm" onClick={() => onFix(fix)}>
              Clean
            </Button>
          )}
        </Line>
      )}
      {blocked === null && count > 1 && (
        <span className="text-muted">{plural(count, 'statement')}, run one after another</span>
      )}
      {count === 0 && <span className="text-faint">The cost of the statement at the cursor is shown here.</span>}
      {cost !== null && <Cost {...cost} />}
    </section>
  );
}

function Cost({ data, error }: NonNullable<CostFactsProps['cost']>) {
  if (error !== null) {
    return (
      <Line icon={<CircleHelp size={16} aria-hidden="true" className="text-faint" />}>
        <span className="text-muted">The cost is unknown: {errorText(error).message}</span>
      </Line>
    );
  }
  if (data === undefined) return <span className="text-faint">Working out the cost…</span>;
  const cost = costText(data.cost);
  const words = costWords(data.cost);
  const changes = data.isWrite && data.kind !== 'use';
  return (
    <Line icon={changes ? <Pencil size={16} aria-hidden="true" className="text-accent" /> : ICONS[cost.weight]}>
      <Badge tone={TONES[cost.weight]}>{cost.text}</Badge>
      {words !== undefined && <span className="text-muted">{words}</span>}
      {data.warnings.map((warning) => (
        <span key={warning} className="text-ink">
          <Shown text={/[.:!?]$/.test(warning) ? warning : `${warning}.`} as="text" />
        </span>
      ))}
    </Line>
  );
}

const TONES: Record<CostText['weight'], Tone> = { light: 'ok', heavy: 'warn', none: 'neutral' };
const ICONS: Record<CostText['weight'], ReactNode> = {
  light: <CircleCheck size={16} aria-hidden="true" className="text-ok" />,
  heavy: <TriangleAlert size={16} aria-hidden="true" className="text-warn" />,
  none: <CircleHelp size={16} aria-hidden="true" className="text-faint" />,
};

/** An icon, and words beside it that wrap. */
function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <>
      <span className="mt-0.5 mr-2 shrink-0">{icon}</span>
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1 break-words leading-5">
        {children}
      </span>
    </>
  );
}
