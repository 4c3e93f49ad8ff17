import { describe, expect, it } from 'vitest';
import { testDownload, testJob, testSave } from '@/lib/client/test-transfers';
import { listTransfers } from '@/lib/client/transfers';
import type { RunningRead } from '@/lib/reader/running-reads';
import { trayItems } from './tray-items';

const read = (change: Partial<RunningRead> = {}): RunningRead => ({
  ...{
    id: 'r',
    what: 'Read',
    label: 'flights.airports',
    href: '/demo/keyspaces/flights/airports',
    phase: 'reading',
    rows: 1_200,
  },
  ...{ fraction: 0.25, rowsPerSecond: 300.4, isShown: false, stop: () => undefined, dismiss: () => undefined },
  ...change,
});

describe('the tray', () => {
  it('has what runs or waits, of every kind, with a way to stop it and to its page', () => {
    const list = listTransfers(
      [testJob({ id: 'runs' }), testJob({ id: 'waits', state: 'waiting' }), testJob({ id: 'rests', state: 'paused' })],
      [testSave({ exportIds: [] })],
      [testDownload({ id: 'a' }), testDownload({ id: 'b', state: 'complete' })],
    );
    const items = trayItems(list, [read()]);
    expect(items.map(({ kind, title, action, href }) => [kind, title, action?.label, href])).toEqual([
      ['Read', 'flights.airports', 'Stop', '/demo/keyspaces/flights/airports'],
      ['Job', 'k.t', 'Pause', '/demo/exports'],
      ['Job', 'k.t', 'Pause', '/demo/exports'],
      ['File', 'k.t', 'Stop', '/demo/exports'],
      ['Download', 'k.t', 'Stop', '/demo/exports'],
    ]);
    expect(items.map(({ facts }) => facts).slice(0, 3)).toEqual([
      '25 % of ring · 1,200 rows · 300 rows/s',
      '10 rows',
      'queued',
    ]);
  });

  it('keeps a read that ended while nobody looked, until it is dismissed', () => {
    const [item] = trayItems(listTransfers([], [], []), [read({ phase: 'failed', rows: 1 })]);
    expect(item).toMatchObject({ running: false, facts: 'failed after 1 row', action: { label: 'Dismiss' } });
  });
});
