import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt, LATE_MS, type Standing } from './due';
import { nextTime } from './times';

const HOURLY = { pattern: '0 * * * *', timeZone: 'UTC' };
const at = (text: string) => new Date(`2026-11-29T${text}Z`);
const from = (due: string | null, last: string | null = null): Standing => ({
  dueAt: due === null ? null : at(due),
  lastAt: last === null ? null : at(last),
});

describe('a look at the clock', () => {
  it('waits for the next time', () => {
    expect(dueAt(HOURLY, from(null), at('10:20:00'))).toEqual({ now: null, dueAt: at('11:00:00'), lastAt: null });
    expect(dueAt(HOURLY, from('11:00:00'), at('10:59:59'))).toMatchObject({ now: null, dueAt: at('11:00:00') });
  });

  it('runs what has come, also a little late, and looks ahead', () => {
    for (const now of ['11:00:00', '11:01:00']) {
      expect(dueAt(HOURLY, from('11:00:00'), at(now))).toEqual({
        now: { what: 'run', at: at('11:00:00') },
        dueAt: at('12:00:00'),
        lastAt: at('11:00:00'),
      });
    }
  });

  it('says that one was missed after a downtime, and does not catch up', () => {
    expect(dueAt(HOURLY, from('03:00:00', '02:00:00'), at('11:30:00'))).toEqual({
      now: { what: 'miss', at: at('03:00:00') },
      dueAt: at('12:00:00'),
      lastAt: at('03:00:00'),
    });
  });

  it('does not run a time a second time when the clock is set back', () => {
    expect(dueAt(HOURLY, from('12:00:00', '11:00:00'), at('10:30:00'))).toMatchObject({
      now: null,
      dueAt: at('12:00:00'),
    });
  });

  it('believes a clock that was days ahead no longer', () => {
    const ahead = { dueAt: new Date('2030-01-01T01:00:00Z'), lastAt: new Date('2030-01-01T00:00:00Z') };
    expect(dueAt(HOURLY, ahead, at('10:30:00'))).toMatchObject({ now: null, dueAt: at('11:00:00') });
  });

  it('runs no time twice and none that is late, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -3 * 3_600_000, max: 5 * 3_600_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (clock) => {
        let [now, standing] = [at('10:20:00').getTime(), from(null)];
        const seen: number[] = [];
        for (const step of [0, ...clock]) {
          now += step;
          const { now: what, ...next } = dueAt(HOURLY, standing, new Date(now));
          if (what !== null) {
            expect(what.at.getTime() % 3_600_000).toBe(0);
            expect(what.what === 'run').toBe(now - what.at.getTime() <= LATE_MS);
            seen.push(what.at.getTime());
          }
          standing = next;
        }
        // A clock that is set back by a day in all counts as wrong before.
        if (clock.every((step) => step > -3_600_000)) expect(new Set(seen).size).toBe(seen.length);
      }),
    );
  });

  it('ends where no time comes any more', () => {
    const never = { pattern: '0 0 30 2 *', timeZone: 'UTC' };
    expect(nextTime(never, at('10:00:00'))).toBeNull();
    expect(dueAt(never, from(null), at('10:00:00'))).toEqual({ now: null, dueAt: null, lastAt: null });
  });
});
