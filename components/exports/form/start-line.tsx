'use client';

import { CalendarClock, Download, HardDriveDownload, Server } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Button } from '@/components/ui/button';
import { whyNoDisk } from '@/lib/client/disk/file-system';
import { type Destination, type ExportChoices, isResumable } from './export-request';

/** Spark has its own, beside its plan. */
export type StartedHere = Exclude<Destination, 'spark'>;

const ACTIONS: Record<StartedHere, { label: string; Icon: typeof Download }> = {
  download: { label: 'Download', Icon: Download },
  disk: { label: 'Save to disk…', Icon: HardDriveDownload },
  job: { label: 'Start the job', Icon: Server },
};

interface StartLineProps {
  to: StartedHere;
  /** Why it cannot start; null when it can. */
  reason: string | null;
  busy: boolean;
  /** Why the last export did not start. */
  failure: ReactNode;
  /** Null: nothing is chosen that could repeat. */
  onRepeat: (() => void) | null;
}

/** The form's buttons, in view wherever the form is scrolled to, and beside them why the first is disabled. */
export function StartLine({ to, reason, busy, failure, onRepeat }: StartLineProps) {
  const id = useId();
  const { label, Icon } = ACTIONS[to];
  return (
    <div className="sticky bottom-0 -mx-4 -mb-4 space-y-2 rounded-b-md border-line border-t bg-surface px-4 py-3">
      {failure}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          disabled={reason !== null}
          busy={busy}
          aria-describedby={reason === null ? undefined : id}
          icon={<Icon size={14} aria-hidden="true" />}
        >
          {label}
        </Button>
        <Button
          disabled={onRepeat === null}
          icon={<CalendarClock size={14} aria-hidden="true" />}
          onClick={() => onRepeat?.()}
        >
          Repeat…
        </Button>
        {reason !== null && (
          <p id={id} className="text-muted text-sm">
            {reason}
          </p>
        )}
      </div>
    </div>
  );
}

/** Why these choices do not fit that destination; null when they do. */
export function whyNot(choices: ExportChoices, to: Destination): string | null {
  switch (to) {
    case 'download':
    case 'job':
    case 'spark':
      return null;
    case 'disk':
      if (whyNoDisk() !== null) return 'This browser cannot save to disk.';
      return isResumable(choices)
        ? null
        : 'Only uncompressed CSV, NDJSON and CQL can be resumed after an interruption. Choose one of them, or another destination.';
    default:
      return to satisfies never;
  }
}
