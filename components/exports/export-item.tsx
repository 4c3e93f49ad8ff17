'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { formatBytes, formatCount, formatElapsed, formatShare, plural } from '@/components/ui/format';
import { Progress } from '@/components/ui/progress';
import { errorText } from '@/lib/client/error-text';
import type { ExportProgress } from '@/lib/contract/exports';
import { exportStanding } from './export-progress';
import { addSample, rowsPerSecond, type Sample, timeLeftMs } from './rate';
import { exportListQuery, stopExport } from './watch';

/** One export: how far it is, or how it ended. */
export function ExportItem({ progress }: { progress: ExportProgress }) {
  const standing = exportStanding(progress);
  return (
    <article aria-label={`Export of ${progress.title}`} className="space-y-1 px-4 py-3">
      <header className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
        <Badge tone={standing.tone}>{standing.label}</Badge>
        <h3 className="min-w-0 truncate font-medium font-mono text-sm" title={progress.statement}>
          <span className="text-faint">{progress.cluster} / </span>
          {progress.title}
        </h3>
        <span className="truncate text-faint text-xs">{progress.fileName}</span>
        <span className="ml-auto text-faint text-xs">{startedAt(progress)}</span>
        {progress.state === 'running' && <StopButton id={progress.id} />}
      </header>
      {progress.state === 'running' ? <RunningLine progress={progress} /> : <EndedLine progress={progress} />}
      {progress.error !== null && (
        <ErrorState message={progress.error.message} hint={progress.error.hint} detail={progress.error.detail} />
      )}
      {standing.advice !== undefined && <p className="text-sm text-warn">{standing.advice}</p>}
    </article>
  );
}

function RunningLine({ progress }: { progress: ExportProgress }) {
  const rate = useRate(progress);
  // A reader that has stopped taking bytes has no time left to speak of.
  const left = rate === 0 ? null : timeLeftMs(progress);
  const facts = [
    progress.ringFraction === null ? null : `${formatShare(progress.ringFraction)} of ring`,
    plural(progress.rows, 'row'),
    rate === null ? null : `${formatCount(Math.round(rate))} rows/s`,
    formatBytes(progress.bytes),
    plural(progress.pages, 'page'),
    left === null ? null : `about ${formatElapsed(left)} left (estimate)`,
  ];
  return (
    <>
      <Progress label={`Share of the token ring exported from ${progress.title}`} fraction={progress.ringFraction} />
      <p className="text-muted text-xs">{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </>
  );
}

function EndedLine({ progress }: { progress: ExportProgress }) {
  const { rows, bytes, elapsedMs, sha256, state } = progress;
  const rate = elapsedMs > 0 && rows > 0 ? ` · ${formatCount(Math.round((rows * 1_000) / elapsedMs))} rows/s` : '';
  return (
    <>
      <p className="text-muted text-xs">
        {state === 'complete' ? '' : 'ended after '}
        {plural(rows, 'row')} · {formatBytes(bytes)} ({formatCount(bytes)} bytes) · {formatElapsed(elapsedMs)}
        {rate}
      </p>
      {sha256 !== null && (
        <p className="flex items-center gap-1 text-muted text-xs">
          SHA-256 <code className="min-w-0 break-all">{sha256}</code>
          <CopyButton text={sha256} label="Copy the SHA-256 sum" />
        </p>
      )}
    </>
  );
}

function StopButton({ id }: { id: string }) {
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopExport(id),
    onSettled: () => client.invalidateQueries({ queryKey: exportListQuery().queryKey, exact: true }),
  });
  return (
    <>
      <Button
        size="sm"
        busy={stop.isPending}
        icon={<Square size={12} aria-hidden="true" />}
        onClick={() => stop.mutate()}
      >
        Stop
      </Button>
      {stop.error !== null && (
        <span role="alert" className="text-danger text-xs">
          {errorText(stop.error).message}
        </span>
      )}
    </>
  );
}

/** Rows per second over the last looks at this export. */
function useRate({ elapsedMs, rows }: ExportProgress): number | null {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  // Each look changes what is kept of the earlier ones: React's way to derive state from a changed property.
  const next = addSample(samples, { elapsedMs, rows });
  if (next !== samples) setSamples(next);
  return rowsPerSecond(next);
}

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

function startedAt(progress: ExportProgress): string {
  return CLOCK.format(new Date(progress.startedAt));
}
