import type { ExportProgress } from '@/lib/contract/exports';

/** How an export stands, in words that never call an unfinished file finished. */
export interface ExportStanding {
  readonly tone: 'accent' | 'ok' | 'warn' | 'danger';
  readonly label: 'Running' | 'Complete' | 'Stopped' | 'Failed';
  /** What the person should know or do; absent while it runs and when all is well. */
  readonly advice?: string;
}

export function exportStanding({ state, rows, fileName }: ExportProgress): ExportStanding {
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
  return `${fileName} is incomplete: it ends before the last row. Delete it, or keep it knowing that rows are missing.`;
}

/**
 * The list with what is known newer about one export: the list is asked every second, the export started last is
 * watched live. An export that the list does not hold yet stands first.
 */
export function withLive(exports: readonly ExportProgress[], live: ExportProgress | null): readonly ExportProgress[] {
  if (live === null) return exports;
  const listed = exports.find(({ id }) => id === live.id);
  if (listed === undefined) return [live, ...exports];
  const newer = listed.state !== 'running' || listed.elapsedMs > live.elapsedMs ? listed : live;
  return exports.map((progress) => (progress.id === live.id ? newer : progress));
}
