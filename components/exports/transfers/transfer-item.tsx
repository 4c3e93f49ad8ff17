'use client';

import clsx from 'clsx';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { PartLink } from '@/components/move/part-link';
import { failureText, rangeFacts } from '@/components/results/count/scan-facts';
import { RingLegend, ScanRing } from '@/components/results/count/scan-ring';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { Notice } from '@/components/ui/notice';
import { Shown, shown } from '@/components/ui/shown';
import { errorDetail } from '@/lib/client/error-detail';
import { type Listed, type Source, type Transfer, transferOf } from '@/lib/client/transfers';
import { addressOf } from '@/lib/contract/endpoint';
import { jobPart } from '@/lib/contract/endpoints/exports';
import type { ScanProgress } from '@/lib/contract/scans';
import { isActive } from '@/lib/contract/transfers';
import { Checksum } from './checksum';
import { FollowUp } from './follow-up';
import { JobParts } from './job-parts';
import { ScheduleName } from './schedule-name';
import { TransferActions } from './transfer-actions';
import { factsOf, labelOf, noteOf, standingOf } from './transfer-words';
import { useLive } from './use-live';
import { useShown } from './use-shown';

const SMALL_PX = 24;
const LARGE_PX = 144;

/** Beside the title, cut where it ends; below it in a narrow list. */
const ONE_LINE_OF_FACTS = 'flex-1 basis-24 truncate @max-2xl:order-last @max-2xl:basis-full @max-2xl:whitespace-normal';
const WHOLE_FACTS = 'order-last basis-full pl-8';

interface TransferItemProps {
  listed: Listed;
  /** The person has just started it: it comes into view. */
  isNew?: boolean;
}

/** A transfer as the list has it, or as it is now where it may be watched and is on the screen. */
export function TransferItem({ listed: { source, watched }, isNew = false }: TransferItemProps) {
  const { ref, shown: isShown } = useShown(isNew ? bringIntoView : undefined);
  return <TransferCard ref={ref} source={useLive(source, watched && isShown)} />;
}

/** Its details may open below: it goes to the middle rather than to the edge. */
function bringIntoView(element: HTMLElement): void {
  element.scrollIntoView({ block: 'center' });
}

interface TransferCardProps {
  source: Source;
  ref?: (element: HTMLElement | null) => void;
}

/**
 * One job, download or file on a line: how far it is or how it ended, and what can be done with it. Details are folded,
 * except where something went wrong.
 */
export function TransferCard({ source, ref }: TransferCardProps) {
  const transfer = transferOf(source);
  const { cluster, title, statement, scan, fraction, error, schedule } = transfer;
  const { tone, label, advice } = standingOf(transfer);
  const [chosen, setOpen] = useState<boolean>();
  const open = chosen ?? error !== null;
  const id = useId();
  return (
    <article ref={ref} aria-label={labelOf(transfer)} className="@container px-4 py-2">
      <div className={clsx('flex min-h-8 items-center gap-x-2 gap-y-1', open ? 'flex-wrap' : '@max-2xl:flex-wrap')}>
        <Fold label={`Details of ${title}`} open={open} controls={id} onToggle={() => setOpen(!open)} />
        <ScanRing
          label={`Share of the ring read for ${title}`}
          parts={scan?.ring ?? null}
          {...{ fraction, running: isActive(transfer) }}
          size={SMALL_PX}
        />
        <Badge tone={tone}>{label}</Badge>
        <h3 className="min-w-0 max-w-[60%] shrink truncate font-medium font-mono text-sm" title={statement ?? title}>
          <span className="text-faint @max-2xl:hidden">{cluster} / </span>
          <Shown text={title} as="name" />
        </h3>
        {schedule !== undefined && <ScheduleName schedule={schedule} />}
        <p className={clsx('min-w-0 text-muted text-xs', open ? WHOLE_FACTS : ONE_LINE_OF_FACTS)}>
          {factsOf(transfer).join(' · ')}
        </p>
        <div className="ml-auto flex shrink-0 flex-wrap items-center justify-end gap-1">
          {source.kind === 'job' && <FollowUp job={source.job} />}
          <TransferActions transfer={transfer} />
        </div>
      </div>
      {advice !== undefined && <p className="pl-8 text-sm text-warn">{advice}</p>}
      <div id={id} hidden={!open} className="space-y-1 pt-1 pl-8">
        {open && <Details transfer={transfer} />}
      </div>
    </article>
  );
}

interface FoldProps {
  label: string;
  open: boolean;
  controls: string;
  onToggle: () => void;
}

function Fold({ label, open, controls, onToggle }: FoldProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-expanded={open}
      aria-controls={controls}
      onClick={onToggle}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-hover hover:text-ink"
    >
      <ChevronRight size={14} aria-hidden="true" className={clsx(open && 'rotate-90')} />
    </button>
  );
}

function Details({ transfer }: { transfer: Transfer }) {
  const { scan, error, statement } = transfer;
  return (
    <>
      <p className="text-faint text-xs">{noteOf(transfer)}</p>
      {scan !== null && scan.warnings.length > 0 && <Warnings warnings={scan.warnings} />}
      {error !== null && <ErrorState message={error.message} hint={error.hint} detail={errorDetail(error)} />}
      {scan !== null && scan.failures.length > 0 && <Missing scan={scan} />}
      <Written transfer={transfer} />
      <LargeRing transfer={transfer} />
      {statement !== null && (
        <code className="block break-words text-muted text-xs">
          <Shown text={statement} as="text" />
        </code>
      )}
    </>
  );
}

/** What it has written: the file's hash, or the directory with its parts. */
function Written({ transfer: { id, title, state, output, withheld } }: { transfer: Transfer }): ReactNode {
  if (output.kind === 'file') return output.sha256 !== null && <Checksum sha256={output.sha256} />;
  return (
    <>
      <p className="flex items-center gap-1 text-muted text-xs">
        <code className="min-w-0 break-all">{output.path}</code>
        <CopyButton text={output.path} label="Copy the directory’s path" />
        {state === 'complete' && withheld === undefined && (
          <PartLink path={addressOf(jobPart.get, { id, name: 'manifest.json' })}>manifest</PartLink>
        )}
      </p>
      <JobParts id={id} title={title} parts={output.parts} isWithheld={withheld !== undefined} />
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

/** The most ranges named; the others are counted. */
const NAMED = 20;

function Missing({ scan: { failures } }: { scan: ScanProgress }) {
  return (
    <Notice tone="warn" title="Rows are missing from these ranges">
      <ul className="font-mono text-xs">
        {failures.slice(0, NAMED).map((failure) => (
          <li key={failure.from}>{failureText(failure)}</li>
        ))}
      </ul>
      {failures.length > NAMED && <p>and {failures.length - NAMED} more</p>}
    </Notice>
  );
}

/** The ring large, with what its colours mean; nothing where the read covers no ring. */
function LargeRing({ transfer }: { transfer: Transfer }) {
  const { scan, fraction, title } = transfer;
  if (scan?.ring == null) return null;
  return (
    <div className="flex flex-wrap items-center gap-4 py-1">
      <ScanRing
        label={`Share of the ring read for ${title}, large`}
        parts={scan.ring}
        fraction={fraction}
        running={isActive(transfer)}
        size={LARGE_PX}
      />
      <div className="space-y-2">
        <RingLegend parts={scan.ring} />
        <p className="text-muted text-xs">{rangeFacts(scan)}</p>
      </div>
    </div>
  );
}
