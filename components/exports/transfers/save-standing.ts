import type { Save } from '../disk/saves';
import type { Standing } from './transfer';

/** How a file that this page writes stands. */
export function saveStanding({ phase, fileName, canGoOn }: Save): Standing {
  switch (phase) {
    case 'writing':
      return { tone: 'accent', label: 'Running' };
    case 'complete':
      return { tone: 'ok', label: 'Complete' };
    case 'stopped':
      return { tone: 'warn', label: 'Stopped', advice: incomplete(fileName, canGoOn) };
    case 'broken':
      return { tone: 'danger', label: 'Broke off', advice: incomplete(fileName, canGoOn) };
    default:
      return phase satisfies never;
  }
}

function incomplete(fileName: string, canGoOn: boolean): string {
  const what = `${fileName} is incomplete: it ends before the last row.`;
  return canGoOn ? `${what} Resume goes on where it stands.` : `${what} Nothing of it can be used: begin anew.`;
}
