import type { SharedPart } from '@/components/ui/states';
import type { LastRun } from '@/lib/contract/history';
import { ShownRuns } from './last-runs';

const RUNS: readonly LastRun[] = ([120, 80, 300, 14, 16] as const).map((elapsedMs, at) => ({
  id: String(at),
  at: `2026-11-29T06:0${at}:00.000Z`,
  elapsedMs,
  rows: at === 2 ? 0 : 268,
  outcome: at === 2 ? 'failed' : at === 1 ? 'stopped' : 'complete',
}));

export const lastRunsStates: SharedPart = {
  name: 'last-runs',
  states: {
    'five runs': {
      draw: () => <ShownRuns runs={RUNS} />,
      shows: [['button', '5 runs: 14 ms to 300 ms, the last 16 ms']],
    },
  },
};
