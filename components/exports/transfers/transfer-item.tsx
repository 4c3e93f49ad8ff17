'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { failureText, rangeFacts } from '@/components/results/count/scan-facts';
import { RingLegend, ScanRing } from '@/components/results/count/scan-ring';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Shown, shown } from '@/components/ui/shown';
import { type Listed, type Transfer, transferOf } from '@/lib/client/transfers';
import { addressOf } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import type { ScanProgress } from '@/lib/contract/scans';
import { isActive } from '@/lib/contract/transfers';
import { Checksum } from './checksum';
import { JobParts } from './job-parts';
import { PartLink } from './part-link';
import { TransferActions } from './transfer-actions';
import { factsOf, labelOf, noteOf, standingOf } from './transfer-words';
import { useLive } from './use-live';
import { useShown } from './use-shown';

const LARGE_PX = 144;

/** A transfer as the list has it, or as it is now where it may be watched and is on the screen. */
export function TransferItem({ listed: { source, watched } }: { listed: Listed }) {
  const { ref, shown: isShown } = useShown();
  return <TransferCard ref={ref} transfer={transferOf(useLive(source, watched && isShown))} />;
}

interface TransferCardProps {
  transfer: Transfer;
  ref?: (element: HTMLElement | null) => void;
}

/** One job, download or file: the ring that it has covered, how far it is or how it ended, and what can be done with it. */
export function TransferCard({ transfer, ref }: TransferCardProps) {
  const { cluster, title, statement, scan, fraction, error } = transfer;
  const { tone, label, advice } = standingOf(transfer);
  const running = isActive(transfer);
  return (
    <article ref={ref} aria-label={labelOf(transfer)} className="flex gap-3 px-4 py-3">
      <ScanRing label={`Share of the ring read for ${title}`} parts={scan?.ring ?? null} {...{ fraction, running }} />
      <div className="min-w-0 flex-1 space-y-1">
        <header className="flex min-h-6 flex-wrap items-center gap-x-2 gap-y-1">
          <Badge tone={tone}>{label}</Badge>
          <h3 className="min-w-0 truncate font-medium font-mono text-sm" title={statement ?? title}>
            <span className="text-faint">{cluster} / </span>
            <Shown text={title} as="name" />
          </h3>
          <div className="ml-auto flex items-center gap-1">
            <TransferActions transfer={transfer} />
          </div>
        </header>
        <p className="text-muted text-xs">{factsOf(transfer).join(' · ')}</p>
        <p className="flex flex-wrap gap-x-2 text-faint text-xs">{noteOf(transfer)}</p>
        {scan !== null && scan.warnings.length > 0 && <Warnings warnings={scan.warnings} />}
        {error !== null && <ErrorState message={error.message} hint={error.hint} detail={error.detail} />}
        {scan !== null && scan.failures.length > 0 && <Missing scan={scan} />}
        {advice !== undefined && <p className="text-sm text-warn">{advice}</p>}
        <Written transfer={transfer} />
        <More running={running} transfer={transfer} />
      </div>
    </article>
  );
}

/** What is there of it: the file's sum, or the directory with its parts. */
function Written({ transfer: { id, title, state, output } }: { transfer: Transfer }) {
  if (output.kind === 'file') return output.sha256 !== null && <Checksum sha256={output.sha256} />;
  return (
    <>
      <p className="flex items-center gap-1 text-muted text-xs">
        <code className="min-w-0 break-all">{output.path}</code>
        <CopyButton text={output.path} label="Copy the directory’s path" />
        {state === 'complete' && (
          <PartLink path={addressOf(endpoints.jobPart.get, { id, name: 'manifest.json' })}>manifest</PartLink>
        )}
      </p>
      <JobParts id={id} title={title} parts={output.parts} />
    </>
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

interface MoreProps {
  transfer: Transfer;
  running: boolean;
}

/** The ring large, with what its colours mean, and the statement. */
function More({ transfer: { scan, fraction, statement, title }, running }: MoreProps) {
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
