import { useMemo, useState } from 'react';
import { Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { type PagedTrace, TRACES_KEPT } from '@/lib/reader/read-state';
import { formatElapsed, plural } from '@/lib/text/format';
import type { KeptTrace } from '@/lib/workbench/kept-traces';
import { TraceLoader } from './trace-loader';

interface TracesPanelProps {
  cluster: string;
  /** Of all pages that were read, in order. */
  requests: readonly PagedTrace[];
  statement: string;
  consistency: string | null;
}

/** The traces of a result: one of each request that its pages took. Only the one that is opened is read. */
export default function TracesPanel({ cluster, requests, statement, consistency }: TracesPanelProps) {
  const [order, setOrder] = useState<'slowest' | 'read'>('slowest');
  const [picked, setPicked] = useState<string | null>(null);
  const sorted = useMemo(() => inOrder(requests, order), [requests, order]);
  const open = sorted.find(({ id }) => id === picked) ?? sorted[0];
  const kept = useMemo(
    () => (open === undefined ? null : keptOf({ cluster, statement, consistency }, open)),
    [cluster, statement, consistency, open],
  );
  if (kept === null || open === undefined) return null;
  return (
    <section aria-label="Traces" className="flex h-full min-h-0 flex-col bg-surface">
      {requests.length > 1 && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-line border-b px-3 py-1 text-xs">
          <span className="shrink-0 text-muted">{plural(requests.length, 'trace')}</span>
          <Select
            dense
            aria-label="Trace of"
            className="w-auto! max-w-full [field-sizing:content]"
            value={open.id}
            onChange={({ target }) => setPicked(target.value)}
          >
            {sorted.map((request) => (
              <option key={request.id} value={request.id}>
                {nameOf(request)}
              </option>
            ))}
          </Select>
          <Select
            dense
            aria-label="Order of the traces"
            className="max-w-40"
            value={order}
            onChange={({ target }) => setOrder(target.value === 'read' ? 'read' : 'slowest')}
          >
            <option value="slowest">slowest first</option>
            <option value="read">in the order read</option>
          </Select>
        </div>
      )}
      {requests.length >= TRACES_KEPT && (
        <Notice className="m-2 shrink-0">Only the last {TRACES_KEPT} traces of this result are listed.</Notice>
      )}
      <div className="thin-scrollbar min-h-0 flex-1 overflow-auto">
        <TraceLoader key={open.id} of={kept} />
      </div>
    </section>
  );
}

function inOrder(requests: readonly PagedTrace[], order: 'slowest' | 'read'): readonly PagedTrace[] {
  return order === 'read' ? requests : [...requests].sort((one, other) => other.elapsedMs - one.elapsedMs);
}

/** `Page 3 · 1,000 rows · 12 ms`, and which of its requests where the page took several. */
function nameOf({ pageIndex, nth, ofPage, rows, elapsedMs }: PagedTrace): string {
  const request = ofPage === 1 ? '' : `, request ${nth + 1} of ${ofPage}`;
  return `Page ${pageIndex + 1}${request} · ${plural(rows, 'row')} · ${formatElapsed(elapsedMs)}`;
}

const LABEL_CHARACTERS = 60;

function keptOf(
  { cluster, statement, consistency }: Omit<TracesPanelProps, 'requests'>,
  { id, pageIndex, rows }: PagedTrace,
): KeptTrace {
  const text = statement.replace(/\s+/g, ' ').trim();
  const short = text.length > LABEL_CHARACTERS ? `${text.slice(0, LABEL_CHARACTERS)}…` : text;
  const level = consistency === null ? '' : ` · ${consistency}`;
  return {
    cluster,
    id,
    label: `${short}${level} · page ${pageIndex + 1}`,
    returnedRows: rows,
  };
}
