import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { saveFile } from '@/components/ui/save-file';
import { Shown } from '@/components/ui/shown';
import type { JsonValue } from '@/lib/contract/json';
import { EACH_KEPT_ROWS, EACH_PAGE_ROWS } from '@/lib/contract/limits';
import type { EachFault } from '@/lib/contract/parameters';
import { formatCount, formatElapsed, plural } from '@/lib/text/format';
import { valueText } from '@/lib/values/value-text';
import { type EachState, sentRows } from '@/lib/workbench/each-session';
import { type ListRow, listText } from '@/lib/workbench/list-text';

interface EachProgressProps {
  state: EachState;
  rows: readonly ListRow[];
  header: ListRow | null;
  /** Null: it only reads. */
  isIdempotent: boolean | null;
}

/** Failed rows and results that are drawn; all failed rows are in the files. */
const [SHOWN_FAULTS, SHOWN_RESULTS] = [200, 200];

/** How a run for each row goes, or went: counts, latencies, failed rows and results. */
export function EachProgressView({ state, rows, header, isIdempotent }: EachProgressProps) {
  const { progress, phase, error } = state;
  const ended = progress === null ? 0 : progress.done + progress.refused + progress.unknown;
  return (
    <div className="space-y-3">
      <Progress label="Rows that have ended" fraction={ended / Math.max(1, rows.length)} />
      <p role="status" className="text-sm">
        {standing(state, rows.length)}
      </p>
      {error !== null && (
        <Notice tone="warn" title={error.message}>
          {error.hint}
          {phase === 'broken' &&
            progress !== null &&
            ' The counts are those of the last report: later rows may have run.'}
        </Notice>
      )}
      {progress !== null && <Counts progress={progress} />}
      <Faults {...{ state, rows, header, isIdempotent }} />
      <Results state={state} />
    </div>
  );
}

function standing(state: EachState, rows: number): string {
  const { phase, outcome } = state;
  const left = rows - sentRows(state);
  if (phase === 'running') return 'Running…';
  if (phase === 'stopping') return 'Stopping: no more rows are sent. Waiting for those already sent.';
  if (phase === 'broken') return 'It ended early.';
  const notApplied = state.progress?.notApplied ?? 0;
  if (outcome === 'complete')
    return notApplied === 0
      ? 'All rows have run.'
      : `All rows have run; ${notApplied} ${notApplied === 1 ? 'was' : 'were'} not applied.`;
  const why = outcome === 'failed' ? 'Stopped at the first row that failed' : 'Stopped';
  return `${why}: ${plural(left, 'row')} ${left === 1 ? 'was' : 'were'} not sent.`;
}

function Counts({ progress }: { progress: NonNullable<EachState['progress']> }) {
  const { done, notApplied, refused, unknown, inFlight, concurrency, rowsPerSecond, latencyMs, elapsedMs } = progress;
  const rate = rowsPerSecond === null ? '–' : `${formatCount(Math.round(rowsPerSecond))} rows/s`;
  const facts: (readonly [string, ReactNode, string?])[] = [
    ['Done', formatCount(done)],
    ...(notApplied > 0 ? [['Of these not applied', formatCount(notApplied), 'text-warn'] as const] : []),
    ['Failed', formatCount(refused), refused > 0 ? 'text-danger' : ''],
    ['Unknown', formatCount(unknown), unknown > 0 ? 'text-warn' : ''],
    ['In flight', `${formatCount(inFlight)} of ${formatCount(concurrency)}`],
    ['Rate', rate],
    [
      'Latency p50 · p99 · max',
      latencyMs === null ? '–' : [latencyMs.p50, latencyMs.p99, latencyMs.max].map(formatMs).join(' · '),
    ],
    ['Time', formatElapsed(elapsedMs)],
  ];
  return (
    <dl aria-label="Counts" className="flex flex-wrap gap-x-6 gap-y-2">
      {facts.map(([name, value, tone]) => (
        <div key={name}>
          <dt className="text-faint text-xs">{name}</dt>
          <dd className={`text-sm tabular-nums ${tone ?? ''}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function formatMs(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : formatElapsed(ms);
}

function Faults({ state, rows, header, isIdempotent }: EachProgressProps) {
  const { faults, phase } = state;
  const refused = faults.filter(({ outcome }) => outcome === 'refused');
  const unknown = faults.filter(({ outcome }) => outcome === 'unknown');
  const isOver = phase === 'ended' || phase === 'broken';
  const left = isOver && phase === 'ended' ? rows.slice(sentRows(state)) : [];
  if (faults.length === 0 && left.length === 0) return null;
  const save = (name: string, some: readonly ListRow[]) =>
    saveFile(name, 'csv', new Blob([listText(header, some)], { type: 'text/plain;charset=utf-8' }));
  const rowsOf = (some: readonly EachFault[]) =>
    some
      .map(({ row }) => row)
      .toSorted((a, b) => a - b)
      .flatMap((row) => rows[row] ?? []);
  return (
    <section aria-label="Failed rows" className="space-y-2">
      {unknown.length > 0 && (
        <Notice tone="warn">
          {plural(unknown.length, 'row')} may have been applied: the answer was a timeout, a failed replica or a lost
          connection. {isIdempotent === true ? 'Running them again is safe.' : 'Check them before you run them again.'}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        {refused.length > 0 && (
          <Save
            label={`Download ${plural(refused.length, 'failed row')}`}
            onSave={() => save('failed-rows', rowsOf(refused))}
          />
        )}
        {unknown.length > 0 && (
          <Save
            label={`Download ${plural(unknown.length, 'unknown row')}`}
            onSave={() => save('unknown-rows', rowsOf(unknown))}
          />
        )}
        {left.length > 0 && (
          <Save label={`Download ${plural(left.length, 'row')} not sent`} onSave={() => save('rows-not-sent', left)} />
        )}
      </div>
      {faults.length > 0 && <FaultTable faults={faults} rows={rows} />}
    </section>
  );
}

function Save({ label, onSave }: { label: string; onSave: () => void }) {
  return (
    <Button size="sm" icon={<Download size={14} aria-hidden="true" />} onClick={onSave}>
      {label}
    </Button>
  );
}

function FaultTable({ faults, rows }: { faults: readonly EachFault[]; rows: readonly ListRow[] }) {
  return (
    <>
      <DataTable
        caption="Failed rows"
        rows={faults.slice(0, SHOWN_FAULTS)}
        rowKey={({ row }) => String(row)}
        columns={[
          { id: 'row', header: 'Row', align: 'right', rowHeader: true, cell: ({ row }) => formatCount(row + 1) },
          { id: 'outcome', header: 'Outcome', cell: ({ outcome }) => (outcome === 'refused' ? 'failed' : 'unknown') },
          { id: 'why', header: 'Reason', cell: ({ message }) => <Shown text={message} as="text" /> },
          {
            id: 'text',
            header: 'Text',
            mono: true,
            cell: ({ row }) => <Shown text={(rows[row]?.raw ?? '').slice(0, 80)} as="text" />,
          },
        ]}
      />
      {faults.length > SHOWN_FAULTS && (
        <p className="text-muted text-xs">
          The first {SHOWN_FAULTS} of {formatCount(faults.length)}; the files have all.
        </p>
      )}
    </>
  );
}

function Results({ state }: { state: EachState }) {
  const { results, columns, progress } = state;
  if (results.length === 0) return null;
  const ordered = results.toSorted((a, b) => a.row - b.row);
  const lines = ordered
    .flatMap(({ row, values, columns: names, more }) => values.map((cells, at) => ({ row, at, cells, names, more })))
    .slice(0, SHOWN_RESULTS);
  const first = ordered[0]?.columns ?? columns.map(({ name }) => name);
  const returned = progress?.returned ?? 0;
  const kept = results.reduce((sum, { values }) => sum + values.length, 0);
  return (
    <section aria-label="Results" className="space-y-1">
      <DataTable
        caption="Results by row"
        rows={lines}
        rowKey={({ row, at }) => `${row}/${at}`}
        columns={[
          { id: 'row', header: 'Row', align: 'right', rowHeader: true, cell: ({ row }) => formatCount(row + 1) },
          ...first.map((name, index) => ({
            id: `${index}`,
            header: <Shown text={name} as="name" />,
            mono: true,
            cell: ({ cells }: { readonly cells: readonly JsonValue[] }) => <Cell value={cells[index] ?? null} />,
          })),
        ]}
      />
      <p className="text-muted text-xs">
        {returned > 0 && `${plural(returned, 'row')} returned. `}
        {`${formatCount(lines.length)} of ${formatCount(kept)} kept are shown: at most ${formatCount(EACH_KEPT_ROWS)} are kept, and a run reads at most ${EACH_PAGE_ROWS} rows.`}
      </p>
    </section>
  );
}

function Cell({ value }: { value: JsonValue }) {
  if (value === null) return <span className="text-faint">null</span>;
  return <Shown text={valueText(value, undefined).slice(0, 120)} as="text" />;
}
