'use client';

import { useQuery } from '@tanstack/react-query';
import { Badge } from '@/components/ui/badge';
import { classifyQuery } from '@/lib/client/classify';
import { costText } from '@/lib/client/cost-text';
import { errorText } from '@/lib/client/error-text';
import { useDebounced } from '@/lib/client/use-debounced';
import type { ExportChoices } from './export-request';
import { exportStatement } from './export-statement';

const TYPING_MS = 300;

interface CostLineProps {
  cluster: string;
  choices: ExportChoices;
}

/** What the export will ask of the cluster, before it runs. */
export function CostLine({ cluster, choices }: CostLineProps) {
  const { source } = choices;
  const statement = exportStatement(source);
  const settled = useDebounced(statement, TYPING_MS);
  const keyspace = source.kind === 'statement' ? source.keyspace : null;
  const { data, error } = useQuery(classifyQuery(cluster, settled, keyspace));
  return (
    <div aria-live="polite" className="space-y-1 text-sm">
      <div className="flex min-h-5 flex-wrap items-center gap-2">
        <span className="font-medium text-muted text-xs">Cost</span>
        {data !== undefined && error === null && <CostBadge cost={costText(data.cost)} />}
        {data === undefined && error === null && <span className="text-faint text-xs">…</span>}
        {error !== null && <span className="text-muted text-xs">unknown: {errorText(error).message}</span>}
      </div>
      {data?.warnings.map((warning) => (
        <p key={warning} className="text-warn text-xs">
          {warning}
        </p>
      ))}
      {source.kind === 'table' && <code className="block break-words text-muted text-xs">{statement}</code>}
    </div>
  );
}

function CostBadge({ cost: { text, weight } }: { cost: ReturnType<typeof costText> }) {
  return <Badge tone={weight === 'heavy' ? 'warn' : weight === 'light' ? 'ok' : 'neutral'}>{text}</Badge>;
}
