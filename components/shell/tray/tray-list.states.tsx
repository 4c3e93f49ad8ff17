import { ignore, type SharedPart } from '@/components/ui/states';
import { testDownload, testJob } from '@/lib/client/test-transfers';
import { listTransfers } from '@/lib/client/transfers';
import type { RunningRead } from '@/lib/reader/running-reads';
import { trayItems } from './tray-items';
import { TrayList } from './tray-list';

const READ: RunningRead = {
  id: 'read',
  what: 'Read',
  label: 'flights.by_origin_day',
  href: '/demo/keyspaces/flights/by_origin_day',
  phase: 'reading',
  rows: 126_000,
  fraction: 0.6,
  rowsPerSecond: 41_000,
  isShown: false,
  stop: ignore,
  dismiss: ignore,
};

export const trayStates: SharedPart = {
  name: 'tray',
  place: 'max-w-sm',
  states: {
    empty: { draw: () => <TrayList items={[]} onGo={ignore} />, shows: [] },
    'a read, a job that waits and a download': {
      draw: () => (
        <TrayList
          items={trayItems(listTransfers([testJob({ state: 'waiting' })], [], [testDownload({ id: 'b' })]), [READ])}
          onGo={ignore}
        />
      ),
      shows: [
        ['link', 'Read flights.by_origin_day'],
        ['button', 'Pause'],
        ['button', 'Stop'],
        ['progressbar', 'Progress: Read of flights.by_origin_day'],
      ],
    },
    'a read that failed while nobody looked': {
      draw: () => (
        <TrayList items={trayItems(listTransfers([], [], []), [{ ...READ, phase: 'failed' }])} onGo={ignore} />
      ),
      shows: [['button', 'Dismiss']],
    },
  },
};
