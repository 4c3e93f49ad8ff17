'use client';

import { useQuery } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import type { ExportProgress } from '@/lib/contract/exports';
import { ActionButton } from './action-button';
import { Checksum } from './checksum';
import { exportStanding, newerOf } from './export-progress';
import { Transfer } from './transfer';
import { endedFacts, runningFacts, startedText } from './transfer-facts';
import { useShown } from './use-shown';
import { exportListQuery, exportProgressQuery, stopExport } from './watch';

interface ExportItemProps {
  /** As the list has it. */
  listed: ExportProgress;
  /** It may hold a connection for its progress. */
  watched: boolean;
}

/** One download: how far it is, or how it ended. */
export function ExportItem({ listed, watched }: ExportItemProps) {
  const { ref, shown } = useShown();
  const watching = watched && shown;
  const live = useQuery({ ...exportProgressQuery(watching ? listed.id : ''), enabled: watching });
  const progress = newerOf(listed, live.data);
  const { state, scan, rows, bytes, elapsedMs, sha256 } = progress;
  const running = state === 'running';
  const complete = state === 'complete';
  const fraction = complete ? 1 : progress.ringFraction;
  return (
    <Transfer
      ref={ref}
      label={`Export of ${progress.title}`}
      cluster={progress.cluster}
      title={progress.title}
      statement={progress.statement}
      standing={exportStanding(progress)}
      note={`${progress.fileName} · ${startedText(progress.startedAt)}`}
      running={running}
      scan={scan}
      fraction={fraction}
      facts={
        running ? runningFacts(scan, { rows, bytes }) : endedFacts({ rows, bytes }, { complete, elapsedMs, fraction })
      }
      error={progress.error === null ? null : errorText(new ApiFailure(progress.error, 0))}
      actions={
        running && (
          <ActionButton
            act={() => stopExport(progress.id)}
            list={exportListQuery().queryKey}
            icon={<Square size={12} aria-hidden="true" />}
          >
            Stop
          </ActionButton>
        )
      }
    >
      {sha256 !== null && <Checksum sha256={sha256} />}
    </Transfer>
  );
}
