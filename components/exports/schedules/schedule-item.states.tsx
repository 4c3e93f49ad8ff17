import { RUN, SCHEDULE } from '@/components/repeat/test-schedules';
import { ignore, type SharedPart } from '@/components/ui/states';
import type { Schedule, ScheduleRun } from '@/lib/contract/schedules';
import { ScheduleCard } from './schedule-item';

const draw = (change: Partial<Schedule>) => () => (
  <ScheduleCard schedule={{ ...SCHEDULE, ...change }} onEdit={ignore} onRemove={ignore} />
);
const run = (change: Partial<ScheduleRun>): ScheduleRun => ({ ...RUN, id: change.state ?? RUN.id, ...change });
const NO_FILES = { jobId: null, rows: 0, bytes: 0 };

const FAILED = run({
  ...NO_FILES,
  state: 'failed',
  message: 'There is no table flights.by_origin_day.',
  hook: { isDelivered: false, message: 'It answered 500.' },
});
const PARTLY = run({
  failedRows: 3,
  message: '3 rows were not written, or not found afterwards. The job’s files have what failed.',
});
const SKIPPED = run({ ...NO_FILES, state: 'skipped', times: 4, message: 'The run before was still going.' });

const article = ['article', 'Schedule nightly'] as const;

export const scheduleStates: SharedPart = {
  name: 'schedule',
  states: {
    'not run yet': {
      draw: draw({ runs: [] }),
      shows: [article, ['button', 'Run now'], ['button', 'Pause'], ['button', 'Edit…'], ['button', 'Remove…']],
    },
    complete: { draw: draw({}), shows: [article, ['list', 'Last runs']] },
    running: { draw: draw({ runs: [run({ state: 'running', rows: 1_000, endedAt: null })] }), shows: [article] },
    paused: { draw: draw({ isPaused: true, nextAt: null }), shows: [article, ['button', 'Resume']] },
    failed: { draw: draw({ runs: [FAILED] }), shows: [article] },
    'a load with failed rows': { draw: draw({ kind: 'load', runs: [PARTLY] }), shows: [article] },
    'several runs': {
      draw: draw({ runs: [SKIPPED, run({ state: 'running' }), FAILED, RUN] }),
      shows: [article, ['button', 'Show the last 4 runs']],
    },
  },
};
