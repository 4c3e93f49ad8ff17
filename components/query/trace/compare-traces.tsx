import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Select } from '@/components/ui/input';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { traceQuery } from '@/lib/client/traces';
import type { Trace } from '@/lib/contract/traces';
import { type ComparedLine, type ComparedTrace, compareTraces } from '@/lib/trace/compare';
import { type KeptTrace, keptTraces } from '@/lib/workbench/kept-traces';
import { TraceFailure } from './trace-failure';

interface CompareTracesProps {
  cluster: string;
  trace: Trace;
  returnedRows: number | null;
}

/** A trace beside another that this tab has opened. */
export function CompareTraces({ cluster, trace, returnedRows }: CompareTracesProps) {
  const kept = useSyncExternalStore(keptTraces.subscribe, keptTraces.all, keptTraces.all);
  const others = kept.filter((one) => one.cluster === cluster && one.id !== trace.id);
  const [picked, setPicked] = useState<string | null>(null);
  const other = others.find(({ id }) => id === picked) ?? others[0];
  if (other === undefined) {
    return (
      <p className="text-muted text-sm">
        Nothing to compare with yet. Open the trace of another run in this tab, such as one before an index or at
        another consistency level, and come back.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2 text-xs">
        <span aria-hidden="true">Earlier trace</span>
        <Select
          dense
          aria-label="Earlier trace"
          className="max-w-xl"
          value={other.id}
          onChange={({ target }) => setPicked(target.value)}
        >
          {others.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </div>
      <Beside key={other.id} earlier={other} present={{ trace, returnedRows }} />
    </div>
  );
}

function Beside({ earlier, present }: { earlier: KeptTrace; present: ComparedTrace }) {
  const { data, error, refetch, isFetching } = useQuery(traceQuery(earlier.cluster, earlier.id));
  if (data !== undefined)
    return <ComparedTraces earlier={{ trace: data, returnedRows: earlier.returnedRows }} present={present} />;
  if (error !== null) return <TraceFailure error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return (
    <Loading label="Reading the other trace">
      <Skeleton className="h-24" />
    </Loading>
  );
}

const columns = (name: string): readonly DataColumn<ComparedLine>[] => [
  { id: 'name', header: name, rowHeader: true, cell: (line) => line.name },
  { id: 'one', header: 'Earlier', className: 'whitespace-normal!', cell: ({ one }) => one },
  { id: 'other', header: 'This one', className: 'whitespace-normal!', cell: ({ other }) => other },
  { id: 'differs', header: 'Differs', cell: ({ differs }) => (differs ? <Badge tone="warn">differs</Badge> : '') },
];

/** Facts and groups side by side, from the two traces alone. */
export function ComparedTraces({ earlier, present }: { earlier: ComparedTrace; present: ComparedTrace }) {
  const { verdict, facts, groups } = compareTraces(earlier, present);
  return (
    <section aria-label="Two traces side by side">
      {verdict !== null && (
        <p role="status" className="mb-2 text-sm">
          {verdict}
        </p>
      )}
      <DataTable caption="Facts of both traces" columns={columns('Fact')} rows={facts} rowKey={({ name }) => name} />
      <DataTable
        caption="Events of both traces by group"
        columns={columns('Events')}
        rows={groups}
        rowKey={({ name }) => name}
      />
    </section>
  );
}
