import { Download, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { Trace } from '@/lib/contract/traces';
import { clockSuspicions } from '@/lib/trace/clocks';
import { factLines, factsOf } from '@/lib/trace/facts';
import { lanesOf } from '@/lib/trace/lanes';
import { suspicionWords, traceText } from '@/lib/trace/text';
import { CompareTraces } from './compare-traces';
import { TraceTable } from './trace-table';
import { Waterfall } from './waterfall';

interface TraceViewProps {
  cluster: string;
  trace: Trace;
  /** Of the request; null where they are not known. */
  returnedRows: number | null;
  onReload: () => void;
  isReloading: boolean;
}

type Form = 'waterfall' | 'table' | 'compare';

/** One trace: its facts, what is wrong with it, and its events drawn, as a table, or beside another trace's. */
export function TraceView({ cluster, trace, returnedRows, onReload, isReloading }: TraceViewProps) {
  const [form, setForm] = useState<Form>('waterfall');
  const lanes = useMemo(() => lanesOf(trace), [trace]);
  const facts = useMemo(() => factsOf(trace, lanes), [trace, lanes]);
  return (
    <div className="flex flex-col gap-3 p-3">
      {trace.gap !== undefined && (
        <Notice tone="warn">
          {trace.gap}{' '}
          <Button size="sm" busy={isReloading} icon={<RefreshCw size={14} aria-hidden="true" />} onClick={onReload}>
            Read it again
          </Button>
        </Notice>
      )}
      <Suspicions trace={trace} />
      <Facts lines={factLines(facts, returnedRows)} />
      <Actions trace={trace} returnedRows={returnedRows} form={form} onForm={setForm} />
      {form === 'waterfall' && <Waterfall lanes={lanes} slowest={facts.slowest} />}
      {form === 'table' && <TraceTable lanes={lanes} slowest={facts.slowest} />}
      {form === 'compare' && <CompareTraces cluster={cluster} trace={trace} returnedRows={returnedRows} />}
    </div>
  );
}

function Facts({ lines }: { lines: ReturnType<typeof factLines> }) {
  return (
    <section aria-label="Facts of the trace">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-xs lg:grid-cols-[auto_1fr_auto_1fr]">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-faint">{name}</dt>
            <dd className="min-w-0 break-words">
              <Shown text={value} as="line" />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Suspicions({ trace }: { trace: Trace }) {
  const suspicions = useMemo(() => clockSuspicions(trace.events), [trace]);
  return suspicions.map((suspicion) => (
    <Notice key={`${suspicion.sender} ${suspicion.receiver}`} tone="warn">
      {suspicionWords(suspicion)}
    </Notice>
  ));
}

const FORMS: readonly (readonly [Form, string])[] = [
  ['waterfall', 'Waterfall'],
  ['table', 'Table'],
  ['compare', 'Compare'],
];

interface ActionsProps {
  trace: Trace;
  returnedRows: number | null;
  form: Form;
  onForm: (form: Form) => void;
}

function Actions({ trace, returnedRows, form, onForm }: ActionsProps) {
  return (
    <div className="flex flex-wrap items-center gap-1">
      {FORMS.map(([name, label]) => (
        <Button
          key={name}
          size="sm"
          variant={form === name ? 'secondary' : 'ghost'}
          aria-pressed={form === name}
          onClick={() => onForm(name)}
        >
          {label}
        </Button>
      ))}
      <span className="ml-auto font-mono text-faint text-xs">
        <Shown text={trace.id} as="line" />
      </span>
      <CopyButton label="Copy the trace’s id" text={trace.id}>
        Id
      </CopyButton>
      <CopyButton label="Copy the trace as text" text={() => traceText(trace, returnedRows)}>
        Text
      </CopyButton>
      <Button
        size="sm"
        variant="ghost"
        icon={<Download size={14} aria-hidden="true" />}
        aria-label="Download the trace as JSON"
        onClick={() => download(trace)}
      >
        JSON
      </Button>
    </div>
  );
}

function download(trace: Trace): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(trace, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `trace-${trace.id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
