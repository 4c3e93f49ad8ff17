'use client';

import { useQuery } from '@tanstack/react-query';
import { Play, RotateCcw, Square, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import type { ExportProgress } from '@/lib/contract/exports';
import { type Save, saves } from '../disk/saves';
import { Checksum } from './checksum';
import { newerOf } from './export-progress';
import { saveStanding } from './save-standing';
import { Transfer } from './transfer';
import { endedFacts, runningFacts, startedText } from './transfer-facts';
import { useShown } from './use-shown';
import { exportProgressQuery } from './watch';

interface SaveItemProps {
  save: Save;
  /** The export that writes into it, as the server's list has it; undefined while it is not there. */
  listed: ExportProgress | undefined;
  /** It may hold a connection for its progress. */
  watched: boolean;
}

/** A file that this page writes, or could go on with. */
export function SaveItem({ save, listed, watched }: SaveItemProps) {
  const { ref, shown } = useShown();
  const { phase, bytes, exportIds } = save;
  const watching = shown && watched && listed !== undefined;
  const stream = useQuery({ ...exportProgressQuery(watching ? listed.id : ''), enabled: watching });
  const live = listed === undefined ? undefined : newerOf(listed, stream.data);
  const scan = live?.scan ?? null;
  const running = phase === 'writing';
  const complete = phase === 'complete';
  const fraction = complete ? 1 : (live?.ringFraction ?? null);
  const moved = { rows: save.rows ?? live?.rows ?? null, bytes };
  return (
    <Transfer
      ref={ref}
      label={`File of ${save.title}`}
      cluster={save.cluster}
      title={save.title}
      statement={live?.statement ?? null}
      standing={saveStanding(save)}
      note={`${save.fileName} on this computer · ${startedText(save.startedAt)}${partsText(exportIds.length)}`}
      running={running}
      scan={scan}
      fraction={fraction}
      facts={running ? runningFacts(scan, moved) : endedFacts(moved, { complete, elapsedMs: null, fraction })}
      error={save.error}
      actions={<Actions save={save} />}
    >
      {save.sha256 !== null && <Checksum sha256={save.sha256} />}
    </Transfer>
  );
}

function partsText(parts: number): string {
  return parts > 1 ? ` · resumed ${parts === 2 ? 'once' : `${parts - 1} times`}` : '';
}

function Actions({ save: { key, phase, canGoOn, fileName } }: { save: Save }) {
  if (phase === 'writing') {
    return (
      <Button size="sm" icon={<Square size={12} aria-hidden="true" />} onClick={() => saves.stop(key)}>
        Stop
      </Button>
    );
  }
  return (
    <>
      {phase !== 'complete' && canGoOn && (
        <Button
          size="sm"
          variant="primary"
          icon={<Play size={12} aria-hidden="true" />}
          onClick={() => saves.resume(key)}
        >
          Resume
        </Button>
      )}
      {phase !== 'complete' && (
        <Button size="sm" icon={<RotateCcw size={12} aria-hidden="true" />} onClick={() => saves.beginAnew(key)}>
          Begin anew
        </Button>
      )}
      <IconButton
        size="sm"
        label={`Take ${fileName} off this list; the file stays`}
        onClick={() => void saves.forget(key)}
      >
        <X size={14} aria-hidden="true" />
      </IconButton>
    </>
  );
}
