import type { ExportProgress } from '@/lib/contract/exports';
import type { Standing } from './transfer';

/** How a download stands. */
export function exportStanding({ state, rows, fileName }: ExportProgress): Standing {
  switch (state) {
    case 'running':
      return { tone: 'accent', label: 'Running' };
    case 'complete':
      return { tone: 'ok', label: 'Complete' };
    case 'stopped':
      return { tone: 'warn', label: 'Stopped', advice: incomplete(fileName, rows) };
    case 'failed':
      return { tone: 'danger', label: 'Failed', advice: incomplete(fileName, rows) };
    default:
      return state satisfies never;
  }
}

function incomplete(fileName: string, rows: number): string {
  if (rows === 0) return `No row was written. If ${fileName} was saved all the same, it is incomplete: delete it.`;
  return `${fileName} is incomplete: it ends before the last row. Delete it and begin anew: a download cannot go on where it stood, a file saved to disk by this page or a job can.`;
}

/** Whichever knows more of an export: the list is asked every second, some exports are watched live. */
export function newerOf(listed: ExportProgress, live: ExportProgress | null | undefined): ExportProgress {
  if (live == null || live.id !== listed.id) return listed;
  return listed.state !== 'running' || listed.elapsedMs > live.elapsedMs ? listed : live;
}
