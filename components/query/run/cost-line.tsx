'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, Pencil, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Badge, type Tone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { type CostText, costText } from '@/lib/client/cost-text';
import { schemaQuery } from '@/lib/client/queries';
import { useDebounced } from '@/lib/client/use-debounced';
import type { Classification, Refusal } from '@/lib/contract/statements';
import type { TextRange } from '@/lib/cql/help/help';
import { plural } from '@/lib/text/format';
import { costWords } from '@/lib/workbench/cost-words';
import type { Runnable } from '@/lib/workbench/runnable';
import type { StrayFix } from '@/lib/workbench/stray-words';
import { RefusalHint, useRingBytes } from './refusal-hint';

const TYPING_MS = 300;

/** Says why Run cannot run; the button refers to it. */
export const BLOCKED_ID = 'query-blocked';

interface CostLineProps {
  cluster: string;
  runnable: Runnable;
  /** Undefined until its code and the schema are here. */
  classify: ((statement: string) => Classification) | undefined;
  /** Changes the text, as one step to undo. */
  onFix: (fix: Pick<StrayFix, 'strays'>) => void;
  /** Marks in the document what will be refused. */
  onHint: (hint: { range: TextRange; message: string } | null) => void;
}

type Suggestion = Refusal['suggestions'][number];

/** What the statement at the cursor costs and changes, or why it cannot run. It has the full width under the editor and is never cut off. */
export function CostLine({ cluster, runnable, classify, onFix, onHint }: CostLineProps) {
  const isSent = runnable.count === 1 && runnable.blocked === null && runnable.isCommand !== true;
  const statement = isSent ? (runnable.place?.text ?? '') : '';
  const settled = useDebounced(statement, TYPING_MS);
  const data = useMemo(() => (settled === '' ? undefined : classify?.(settled)), [settled, classify]);
  const refusal = data?.refusal ?? null;
  // What is typed meanwhile moves the places of what was found before.
  const start = statement === settled ? runnable.place?.start : undefined;
  useFreshSchema(cluster, refusal);
  useHint(refusal, start, onHint);
  const readsRing = refusal?.suggestions.some(({ reads }) => reads !== undefined) === true;
  const ringBytes = useRingBytes(cluster, data?.table ?? null, readsRing);
  const apply = ({ edits }: Suggestion) => {
    if (start !== undefined) onFix({ strays: edits.map((edit) => ({ ...edit, start: start + edit.start })) });
  };
  const cost = statement === '' ? null : { data, ringBytes };
  return <CostFacts runnable={runnable} cost={cost} onFix={onFix} onApply={apply} />;
}

const FRESH_MS = 5_000;

/** A refusal may come from a schema that has changed since: it is read again before it is held to. */
function useFreshSchema(cluster: string, refusal: Refusal | null): void {
  const client = useQueryClient();
  const message = refusal?.message;
  useEffect(() => {
    const { queryKey } = schemaQuery(cluster);
    const readMs = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
    if (message !== undefined && Date.now() - readMs > FRESH_MS) void client.invalidateQueries({ queryKey });
  }, [client, cluster, message]);
}

function useHint(refusal: Refusal | null, start: number | undefined, onHint: CostLineProps['onHint']): void {
  const shown = useRef(false);
  const latest = useRef(onHint);
  useEffect(() => {
    latest.current = onHint;
  });
  useEffect(() => {
    if (refusal?.range != null && start !== undefined) {
      const { from, to } = refusal.range;
      latest.current({ range: { from: start + from, to: start + to }, message: refusal.message });
      shown.current = true;
    } else if (shown.current) {
      latest.current(null);
      shown.current = false;
    }
  }, [refusal, start]);
}

interface CostFactsProps {
  runnable: Runnable;
  /** Of the one statement; null where there is none, or it cannot run. No data: the schema is on its way. */
  cost: { readonly data: Classification | undefined; readonly ringBytes: number | null } | null;
  onFix: (fix: StrayFix) => void;
  onApply: (suggestion: Suggestion) => void;
}

/** The line from its facts alone. */
export function CostFacts({ runnable, cost, onFix, onApply }: CostFactsProps) {
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
      {blocked === null && runnable.isCommand === true && (
        <span className="text-muted">A command of cqlsh: it applies to the statements that run together with it.</span>
      )}
      {blocked === null && count > 1 && (
        <span className="text-muted">{plural(count, 'statement')}, run one after another</span>
      )}
      {count === 0 && <span className="text-faint">The cost of the statement at the cursor is shown here.</span>}
      {cost !== null && <Cost {...cost} onApply={onApply} />}
    </section>
  );
}

type CostProps = NonNullable<CostFactsProps['cost']> & Pick<CostFactsProps, 'onApply'>;

function Cost({ data, ringBytes, onApply }: CostProps) {
  if (data === undefined) return <span className="text-faint">Working out the cost…</span>;
  const { refusal, change } = data;
  if (refusal !== null) {
    return (
      <Line icon={<TriangleAlert size={16} aria-hidden="true" className="text-warn" />}>
        <Badge tone="warn">{data.kind === 'unknown' ? 'not CQL' : 'refused'}</Badge>
        <RefusalHint refusal={refusal} onApply={onApply} ringBytes={ringBytes} />
      </Line>
    );
  }
  const cost = costText(data.cost);
  const words = costWords(data.cost);
  const changes = data.isWrite && data.kind !== 'use';
  return (
    <Line icon={changes ? <Pencil size={16} aria-hidden="true" className="text-accent" /> : ICONS[cost.weight]}>
      <Badge tone={TONES[cost.weight]}>
        <Shown text={change?.summary ?? cost.text} as="text" />
      </Badge>
      {words !== undefined && <span className="text-muted">{words}</span>}
      {change?.facts.map((fact) => (
        <span key={fact} className="text-muted">
          <Shown text={fact} as="text" />
        </span>
      ))}
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
