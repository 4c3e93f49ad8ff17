import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { nextTime, nextTimes } from './times';

const times = (pattern: string, timeZone: string, after: string, count: number) =>
  nextTimes({ pattern, timeZone }, new Date(after), count).map((time) => time.toISOString().slice(5, 16));

/** Worked out by hand from the zones' rules, not by the library. */
const DST: [title: string, pattern: string, zone: string, after: string, expected: string[]][] = [
  [
    'a time that does not exist runs at the end of the gap',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-03-27T12:00:00Z',
    ['03-28T01:30', '03-29T01:00', '03-30T00:30'],
  ],
  [
    'a time that comes twice runs the first time',
    '30 2 * * *',
    'Europe/Berlin',
    '2026-10-23T12:00:00Z',
    ['10-24T00:30', '10-25T00:30', '10-26T01:30'],
  ],
  [
    'the gap of another zone',
    '30 2 * * *',
    'America/New_York',
    '2026-03-06T12:00:00Z',
    ['03-07T07:30', '03-08T07:00', '03-09T06:30'],
  ],
  [
    'the hour that comes twice there',
    '30 1 * * *',
    'America/New_York',
    '2026-10-30T12:00:00Z',
    ['10-31T05:30', '11-01T05:30', '11-02T06:30'],
  ],
  [
    'a gap of half an hour',
    '15 2 * * *',
    'Australia/Lord_Howe',
    '2026-10-02T12:00:00Z',
    ['10-02T15:45', '10-03T15:30', '10-04T15:15'],
  ],
  [
    'every half hour is every half hour over a gap',
    '*/30 * * * *',
    'Europe/Berlin',
    '2026-03-29T00:10:00Z',
    ['03-29T00:30', '03-29T01:00', '03-29T01:30'],
  ],
  [
    'and through an hour that comes twice',
    '*/30 * * * *',
    'Europe/Berlin',
    '2026-10-24T23:50:00Z',
    ['10-25T00:00', '10-25T00:30', '10-25T01:00', '10-25T01:30'],
  ],
  [
    'several hours a day skip the one in the gap',
    '30 1,2,3 * * *',
    'Europe/Berlin',
    '2026-03-28T23:00:00Z',
    ['03-29T00:30', '03-29T01:30', '03-29T23:30'],
  ],
  [
    'a zone without summer time, off by half an hour',
    '0 2 * * *',
    'Asia/Kolkata',
    '2026-10-24T23:50:00Z',
    ['10-25T20:30', '10-26T20:30'],
  ],
];

describe('the next times of a pattern', () => {
  it.each(DST)('%s', (_title, pattern, zone, after, expected) => {
    expect(times(pattern, zone, after, expected.length)).toEqual(expected);
  });

  it('lie after the time that is asked about, one after the other, and do not depend on where one asks', () => {
    const pattern = fc.constantFrom(
      '* * * * *',
      '*/7 * * * *',
      '30 2 * * *',
      '0 0 1 * *',
      '15 1,2 * * 0',
      '*/20 * * * * *',
    );
    const timeZone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
    );
    const after = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(pattern, timeZone, after, (text, zone, from) => {
        const when = { pattern: text, timeZone: zone };
        const found = nextTimes(when, from, 4);
        let last = from;
        for (const time of found) {
          expect(time.getTime()).toBeGreaterThan(last.getTime());
          expect(nextTime(when, last)).toEqual(time);
          last = time;
        }
      }),
    );
  });

  it('of one time a day come once on every day of the zone, whatever its clocks do', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Africa/Cairo',
    );
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(zone, minute, fc.integer({ min: 2024, max: 2029 }), (timeZone, at, year) => {
        const pattern = `${at % 60} ${Math.floor(at / 60)} * * *`;
        const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
        const days = nextTimes({ pattern, timeZone }, new Date(Date.UTC(year, 0, 5)), 360).map((time) =>
          day.format(time),
        );
        expect(new Set(days).size).toBe(days.length);
        const [first, last] = [days[0], days.at(-1)].map((text) => Date.parse(`${text}`));
        expect(((last ?? 0) - (first ?? 0)) / 86_400_000).toBe(days.length - 1);
      }),
      { numRuns: 40 },
    );
  });

  it('are none for a day that never comes', () => {
    expect(nextTime({ pattern: '0 0 30 2 *', timeZone: 'UTC' }, new Date())).toBeNull();
  });

  it.each([
    ['x', 'UTC', 'not a pattern'],
    ['61 * * * *', 'UTC', 'minute: 61'],
    ['* * * * * * *', 'UTC', '7 parts'],
    ['@reboot', 'UTC', '@reboot'],
    ['2026-12-24T18:00:00', 'UTC', 'it is one time'],
    ['* * * * *', 'Nowhere/City', 'not a time zone'],
    ['* * * * *', '+02:00', 'not a time zone'],
    ['* * * * *', 'local', 'not a time zone'],
  ])('are refused for %s in %s', (pattern, timeZone, reason) => {
    const refused = () => nextTime({ pattern, timeZone }, new Date());
    expect(refused).toThrow(reason);
    try {
      refused();
    } catch (error) {
      expect(toFailure(error).error).toMatchObject({ code: 'invalid_request', hint: expect.any(String) });
    }
  });
});
