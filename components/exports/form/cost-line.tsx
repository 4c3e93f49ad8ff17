'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { classifyQuery } from '@/lib/client/classify';
import { costText } from '@/lib/client/cost-text';
import { errorText } from '@/lib/client/error-text';
import { useDebounced } from '@/lib/client/use-debounced';
import type { Cost } from '@/lib/contract/statements';
import type { ExportPlan } from './export-plan';
import type { ExportSource } from './export-request';

const TYPING_MS = 300;

interface CostLineProps {
  cluster: string;
  source: ExportSource;
  plan: ExportPlan;
  /** Allows or forbids reading rows only to drop them; the statement shows it before it runs. */
  onFiltering: (allowed: boolean) => void;
  /** What else is known before it runs. */
  children?: ReactNode;
}

/** What the export will ask of the cluster, before it runs. */
export function CostLine({ cluster, source, plan, onFiltering, children }: CostLineProps) {
  const { statement, cost, problem, filtering } = plan;
  return (
    <div className="space-y-1 text-sm">
      <div aria-live="polite" className="flex min-h-5 flex-wrap items-center gap-2">
        <span className="font-medium text-muted text-xs">Cost</span>
        {cost === null && source.kind === 'statement' && (
          <AskedCost cluster={cluster} statement={statement} keyspace={source.keyspace} />
        )}
        {cost !== null && (problem === null ? <CostBadge cost={cost} /> : <NotServed problem={problem} />)}
      </div>
      {source.kind === 'table' && <code className="block break-words text-muted text-xs">{statement}</code>}
      {filtering !== null && (
        <Button size="sm" onClick={() => onFiltering(filtering === 'wanted')}>
          {filtering === 'wanted' ? 'Allow filtering' : 'Do not allow filtering'}
        </Button>
      )}
      {children}
    </div>
  );
}

function AskedCost({ cluster, statement, keyspace }: { cluster: string; statement: string; keyspace: string | null }) {
  const settled = useDebounced(statement, TYPING_MS);
  const { data, error } = useQuery(classifyQuery(cluster, settled, keyspace));
  if (error !== null) return <span className="text-muted text-xs">unknown: {errorText(error).message}</span>;
  if (data === undefined) return <span className="text-faint text-xs">…</span>;
  return (
    <>
      <CostBadge cost={data.cost} />
      <span className="text-muted text-xs">{data.warnings.join(' · ')}</span>
    </>
  );
}

function CostBadge({ cost }: { cost: Cost }) {
  const { text, weight } = costText(cost);
  return <Badge tone={weight === 'heavy' ? 'warn' : weight === 'light' ? 'ok' : 'neutral'}>{text}</Badge>;
}

function NotServed({ problem }: { problem: string }) {
  return <span className="text-warn text-xs">Cassandra cannot run this: {problem}</span>;
}
