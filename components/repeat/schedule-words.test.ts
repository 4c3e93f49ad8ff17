import { describe, expect, it } from 'vitest';
import { scheduleActionSchema } from '@/lib/contract/schedules';
import { fieldsOf, newFields, ownOf } from './schedule-fields';
import { keepWords, nextWords, patternWords, runFacts, runStanding, timesIn } from './schedule-words';
import { RUN, SCHEDULE } from './test-schedules';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('a schedule in words', () => {
  it('has its next time in its zone, and in the reader’s where that differs', () => {
    expect(plain(nextWords(SCHEDULE, 'Europe/Berlin'))).toBe('next Nov 30, 2026, 2:30 AM Europe/Berlin');
    expect(plain(nextWords(SCHEDULE, 'America/New_York'))).toBe(
      'next Nov 30, 2026, 2:30 AM Europe/Berlin (Nov 29, 2026, 8:30 PM America/New_York)',
    );
    // The same clock under another name is said once.
    expect(plain(timesIn('2026-11-30T01:30:00Z', 'Europe/Berlin', 'Europe/Paris'))).toBe(
      'Nov 30, 2026, 2:30 AM Europe/Berlin',
    );
    expect(plain(timesIn('2026-11-30T01:30:00Z', 'Mars/Base', 'UTC'))).toBe('Nov 30, 2026, 1:30 AM UTC');
    expect(nextWords({ ...SCHEDULE, isPaused: true, nextAt: null }, 'UTC')).toBe('paused');
    expect(nextWords({ ...SCHEDULE, nextAt: null }, 'UTC')).toBe('never comes again');
  });

  it('says what it keeps and when it repeats', () => {
    expect(keepWords({ runs: 1, days: null })).toBe('keeps the files of the last 1 run');
    expect(keepWords({ runs: 7, days: 30 })).toBe('keeps the files of the last 7 runs and the runs of 30 days');
    expect(keepWords({ runs: null, days: null })).toBe('keeps all files');
    expect([patternWords('0 * * * *'), patternWords('1 2 3 4 *')]).toEqual(['every hour', '1 2 3 4 *']);
  });

  it('never calls a run complete that is not', () => {
    expect(runStanding({ ...RUN, state: 'skipped', times: 3 })).toEqual({ tone: 'warn', label: 'Skipped 3 times' });
    expect(runStanding({ ...RUN, failedRows: 1 })).toEqual({ tone: 'warn', label: 'Complete, with failed rows' });
    expect(runFacts({ ...RUN, state: 'missed', rows: 0, bytes: 0 }, 'UTC').map(plain)).toEqual([
      'Nov 29, 2026, 1:30 AM UTC',
    ]);
    expect(
      runFacts({ ...RUN, by: 'person', removed: 2, hook: { isDelivered: true, message: null } }, 'UTC').slice(1),
    ).toEqual(['started by hand', '200,000 rows', '17.2 MiB', '2 earlier runs removed', 'webhook called']);
  });
});

describe('the form of a schedule', () => {
  it('gives back what a schedule has', () => {
    const { pattern, timeZone, keep, webhook } = SCHEDULE;
    expect(ownOf(fieldsOf(SCHEDULE))).toEqual({ pattern, timeZone, keep, webhook });
  });

  it.each([
    ['flights.by_origin_day', 'flights-by_origin_day'],
    ['"Großes Maß".x', 'gro-es-ma-x'],
    ['x'.repeat(90), 'x'.repeat(63)],
  ])('offers a name for %s that the server takes', (title, name) => {
    expect(newFields(title).name).toBe(name);
    const { name: _name, ...fields } = newFields(title);
    expect(scheduleActionSchema.safeParse({ action: 'change', ...ownOf(fields) }).success).toBe(true);
  });
});
