'use client';

import { Sigma, Square } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { errorDetail } from '@/lib/client/error-detail';
import type { Consistency } from '@/lib/contract/common';
import type { Filter } from '@/lib/contract/filters';
import type { CountRequest } from '@/lib/contract/reads';
import type { ScanProgress } from '@/lib/contract/scans';
import type { Counting } from '@/lib/reader/row-count';
import { formatCount, formatElapsed, plural } from '@/lib/text/format';
import { scanFacts } from './scan-facts';
import { ScanRing } from './scan-ring';
import { useCount } from './use-count';

interface CountPanelProps {
  cluster: string;
  keyspace: string;
  table: string;
  /** Only rows that match these are counted. */
  filters: readonly Filter[];
  /** Rows may be read and dropped to find them. */
  filtering: boolean;
  /** Absent: the cluster's default. */
  consistency?: Consistency | undefined;
}

/** Counts the rows of a table, or those that match its filters, exactly: it reads the keys, shows progress and can be stopped. */
export function CountPanel({ cluster, keyspace, table, filters, filtering, consistency }: CountPanelProps) {
  const request: CountRequest = {
    keyspace,
    table,
    ...(filters.length === 0 ? {} : { filters: [...filters] }),
    ...(filtering ? { allowFiltering: true } : {}),
    ...(consistency === undefined ? {} : { consistency }),
  };
  const { counting, start, stop } = useCount(cluster, request);
  const busy = counting.state === 'counting';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {busy ? (
        <Button size="sm" icon={<Square size={12} aria-hidden="true" />} onClick={stop}>
          Stop counting
        </Button>
      ) : (
        <Button size="sm" icon={<Sigma size={12} aria-hidden="true" />} onClick={start}>
          {counting.state === 'idle' ? 'Count rows' : 'Count again'}
        </Button>
      )}
      <Outcome counting={counting} what={`${keyspace}.${table}`} />
    </div>
  );
}

function Outcome({ counting, what }: { counting: Counting; what: string }) {
  switch (counting.state) {
    case 'idle':
      return <span className="text-faint text-xs">reads every key and shows progress</span>;
    case 'counting':
      return <Running progress={counting.progress} what={what} />;
    case 'stopped':
      return (
        <span role="status" className="text-warn text-xs">
          Stopped: {atLeast(counting.progress)}.
        </span>
      );
    case 'failed':
      return (
        <ErrorState
          className="w-full"
          title={`Not counted: ${atLeast(counting.progress)}`}
          message={counting.error.message}
          hint={counting.error.hint}
          detail={errorDetail(counting.error)}
        />
      );
    case 'counted':
      return <Counted {...counting} />;
    default:
      return counting satisfies never;
  }
}

function Counted({ rows, elapsedMs, statement }: Extract<Counting, { state: 'counted' }>) {
  return (
    <span role="status" className="flex items-center gap-1 text-sm" title={statement}>
      <strong className="font-semibold">{plural(rows, 'row')}</strong>
      <span className="text-muted text-xs">exact · {formatElapsed(elapsedMs)}</span>
      <CopyButton text={String(rows)} label="Copy the number of rows" />
    </span>
  );
}

function Running({ progress, what }: { progress: ScanProgress | null; what: string }) {
  const facts = progress === null ? null : scanFacts(progress);
  return (
    <span className="flex min-w-0 items-center gap-2 text-muted text-xs">
      <ScanRing
        label={`Share of the ring counted in ${what}`}
        parts={progress?.ring ?? null}
        fraction={progress?.ringFraction ?? null}
        running
        size={20}
      />
      {progress === null || facts === null
        ? 'Counting…'
        : [...facts.before, `${formatCount(progress.rows)} rows so far`, ...facts.after.slice(0, 2)].join(' · ')}
    </span>
  );
}

/** What an unfinished count is worth. */
function atLeast(progress: ScanProgress | null): string {
  return progress === null || progress.rows === 0 ? 'nothing counted yet' : `at least ${plural(progress.rows, 'row')}`;
}
