'use client';

import { Download, HardDriveDownload, Server } from 'lucide-react';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { whyNoDisk } from '../disk/file-system';
import {
  type Destination,
  type ExportChoices,
  exportHref,
  exportRequest,
  fitsInAddress,
  isResumable,
} from './export-request';

const ACTIONS: Record<Destination, { label: string; Icon: typeof Download }> = {
  download: { label: 'Download', Icon: Download },
  disk: { label: 'Save to disk…', Icon: HardDriveDownload },
  job: { label: 'Start the job', Icon: Server },
};

interface StartLineProps {
  to: Destination;
  /** Why it cannot start; null when it can. */
  reason: string | null;
  busy: boolean;
}

/** The one button of the sheet, and beside it why it cannot be pressed. */
export function StartLine({ to, reason, busy }: StartLineProps) {
  const id = useId();
  const { label, Icon } = ACTIONS[to];
  return (
    <div className="flex items-center gap-3">
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
      {reason !== null && (
        <p id={id} className="text-muted text-sm">
          {reason}
        </p>
      )}
    </div>
  );
}

/** Why these choices cannot go there; null when they can. */
export function whyNot(cluster: string, choices: ExportChoices, to: Destination): string | null {
  switch (to) {
    case 'download': {
      const href = exportHref(cluster, exportRequest(choices, '00000000-0000-4000-8000-000000000000'));
      return fitsInAddress(href) ? null : 'This is too long for a browser’s download: use one of the commands below.';
    }
    case 'disk':
      if (whyNoDisk() !== null) return 'Not in this browser.';
      return isResumable(choices)
        ? null
        : 'Only CSV, NDJSON and CQL without compression can go on after a break. Choose one of them, or another way.';
    case 'job':
      return null;
    default:
      return to satisfies never;
  }
}
