'use client';

import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { failureText, rangeFacts } from '@/components/results/count/scan-facts';
import { RingLegend, ScanRing } from '@/components/results/count/scan-ring';
import { Badge, type Tone } from '@/components/ui/badge';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Shown, shown } from '@/components/ui/shown';
import type { ErrorText } from '@/lib/client/error-text';
import type { ScanProgress } from '@/lib/contract/scans';

const LARGE_PX = 144;

/** How something stands, in words that never call an unfinished thing finished. */
export interface Standing {
  readonly tone: Tone;
  readonly label: string;
  /** What the person should know or do; absent while it runs and when all is well. */
  readonly advice?: string;
}

export interface TransferProps {
  /** What it is: "Export of flights.airports". */
  label: string;
  cluster: string;
  title: string;
  statement: string | null;
  standing: Standing;
  /** Small facts beside the title: the file, when it began. */
  note: ReactNode;
  running: boolean;
  scan: ScanProgress | null;
  /** 0 to 1; null: how far it is cannot be known. */
  fraction: number | null;
  facts: readonly string[];
  error: ErrorText | null;
  actions?: ReactNode;
  /** What is there in the end: sums, parts. */
  children?: ReactNode;
  ref?: (element: HTMLElement | null) => void;
}

/** One export, file or job: the ring that it has covered, how far it is, or how it ended. */
export function Transfer(props: TransferProps) {
  const { label, cluster, title, statement, standing, running, scan, fraction, facts, error } = props;
  return (
    <article ref={props.ref} aria-label={label} className="flex gap-3 px-4 py-3">
      <ScanRing label={`Share of the ring read for ${title}`} parts={scan?.ring ?? null} {...{ fraction, running }} />
      <div className="min-w-0 flex-1 space-y-1">
        <header className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={standing.tone}>{standing.label}</Badge>
          <h3 className="min-w-0 truncate font-medium font-mono text-sm" title={statement ?? title}>
            <span className="text-faint">{cluster} / </span>
            <Shown text={title} as="name" />
          </h3>
          <div className="ml-auto flex items-center gap-1">{props.actions}</div>
        </header>
        <p className="text-muted text-xs">{facts.join(' · ')}</p>
        <p className="flex flex-wrap gap-x-2 text-faint text-xs">{props.note}</p>
        {scan !== null && scan.warnings.length > 0 && <Warnings warnings={scan.warnings} />}
        {error !== null && <ErrorState message={error.message} hint={error.hint} detail={error.detail} />}
        {scan !== null && scan.failures.length > 0 && <Missing scan={scan} />}
        {standing.advice !== undefined && <p className="text-sm text-warn">{standing.advice}</p>}
        {props.children}
        <More scan={scan} fraction={fraction} running={running} statement={statement} title={title} />
      </div>
    </article>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <ul className="text-warn text-xs">
      {[...new Set(warnings)].slice(-3).map((warning) => (
        <li key={warning} className="break-words">
          {shown(warning)}
        </li>
      ))}
    </ul>
  );
}

/** The most ranges named at once; the rest is counted. */
const NAMED = 20;

function Missing({ scan: { failures } }: { scan: ScanProgress }) {
  return (
    <Notice tone="warn" title="Rows of these ranges are missing">
      <ul className="font-mono text-xs">
        {failures.slice(0, NAMED).map((failure) => (
          <li key={failure.from}>{failureText(failure)}</li>
        ))}
      </ul>
      {failures.length > NAMED && <p>and {failures.length - NAMED} more</p>}
    </Notice>
  );
}

type MoreProps = Pick<TransferProps, 'scan' | 'fraction' | 'running' | 'statement' | 'title'>;

/** The ring large, with what its colours mean, and the statement. */
function More({ scan, fraction, running, statement, title }: MoreProps) {
  const [open, setOpen] = useState(false);
  return (
    <details className="group" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="inline-flex items-center text-muted text-xs hover:text-ink">
        <ChevronRight size={12} aria-hidden="true" className="mr-0.5 group-open:rotate-90" />
        {scan?.ring == null ? 'Statement' : 'Ring and statement'}
      </summary>
      {open && (
        <div className="mt-2 flex flex-wrap items-center gap-4">
          {scan?.ring != null && (
            <>
              <ScanRing
                label={`Share of the ring read for ${title}, large`}
                parts={scan.ring}
                fraction={fraction}
                running={running}
                size={LARGE_PX}
              />
              <div className="space-y-2">
                <RingLegend parts={scan.ring} />
                <p className="text-muted text-xs">{rangeFacts(scan)}</p>
              </div>
            </>
          )}
          {statement !== null && (
            <code className="min-w-0 basis-full break-words text-muted text-xs">
              <Shown text={statement} as="text" />
            </code>
          )}
        </div>
      )}
    </details>
  );
}
