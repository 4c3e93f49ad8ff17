'use client';

import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { classifyQuery } from '@/lib/client/classify';
import { costText } from '@/lib/client/cost-text';
import { errorText } from '@/lib/client/error-text';
import { useDebounced } from '@/lib/client/use-debounced';
import type { Classification } from '@/lib/contract/statements';
import { plural } from '@/lib/text/format';
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

/** What the statement at the cursor costs, in plain facts, or why it cannot be run. */
export function CostLine({ cluster, runnable, keyspace, onFix }: CostLineProps) {
  const statement = runnable.count === 1 ? (runnable.place?.text ?? '') : '';
  const fix = runnable.blocked === null ? undefined : runnable.fix;
  const settled = useDebounced(statement, TYPING_MS);
  const { data, error } = useQuery(classifyQuery(cluster, settled, keyspace));
  return (
    <div aria-live="polite" className="flex min-w-0 items-center gap-2 text-xs">
      {runnable.blocked !== null && runnable.count > 0 && (
        <span id={BLOCKED_ID} className="text-warn" title={runnable.blocked}>
          {runnable.blocked}
        </span>
      )}
      {fix !== undefined && (
        <Button size="sm" onClick={() => onFix(fix)}>
          Clean
        </Button>
      )}
      {runnable.count > 1 && <span className="text-muted">{plural(runnable.count, 'statement')}</span>}
      {statement !== '' && runnable.blocked === null && <Cost data={data} error={error} />}
    </div>
  );
}

function Cost({ data, error }: { data: Classification | undefined; error: Error | null }) {
  if (error !== null) return <span className="truncate text-muted">cost unknown: {errorText(error).message}</span>;
  if (data === undefined) return <span className="text-faint">…</span>;
  const { text, weight } = costText(data.cost);
  return (
    <>
      <Badge tone={weight === 'heavy' ? 'warn' : weight === 'light' ? 'ok' : 'neutral'}>{text}</Badge>
      <span className="truncate text-muted" title={data.warnings.join('\n')}>
        <Shown text={data.warnings.join(' · ')} as="text" />
      </span>
    </>
  );
}
