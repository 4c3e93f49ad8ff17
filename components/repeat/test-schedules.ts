import type { Schedule, ScheduleRun } from '@/lib/contract/schedules';

export const RUN: ScheduleRun = {
  id: 'run',
  at: '2026-11-29T01:30:00.000Z',
  by: 'time',
  state: 'complete',
  times: 1,
  jobId: 'job',
  endedAt: '2026-11-29T01:30:04.000Z',
  rows: 200_000,
  bytes: 18_000_000,
  failedRows: 0,
  message: null,
  removed: 0,
  hook: null,
};

export const SCHEDULE: Schedule = {
  id: 'nightly-id',
  name: 'nightly',
  cluster: 'demo',
  kind: 'export',
  title: 'flights.by_origin_day',
  statement: 'SELECT * FROM flights.by_origin_day',
  request: { keyspace: 'flights', table: 'by_origin_day', format: 'csv' },
  pattern: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  keep: { runs: 7, days: null },
  webhook: 'ops',
  isPaused: false,
  createdAt: '2026-11-28T14:02:11.000Z',
  nextAt: '2026-11-30T01:30:00.000Z',
  runs: [RUN],
};
