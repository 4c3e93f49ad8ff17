import 'server-only';
import { Cron } from 'croner';
import type { When } from '@/lib/contract/schedules';
import { type Failure, invalidRequest } from '@/lib/failure';

/**
 * When a pattern comes next. Only croner's arithmetic is used: the timer is ours (`schedules.ts`). Where clocks change, its
 * rule is that of Vixie cron. A pattern with one value in each of seconds, minutes and hours runs once a day: a time that
 * comes twice is taken the first time, one that does not exist at the end of the gap. Any other pattern runs each time that
 * its time comes, and not in a gap.
 */
function cronOf({ pattern, timeZone }: When): Cron {
  return new Cron(pattern, { timezone: timeZone, mode: '5-or-6-parts', paused: true });
}

/** The first time after `after`, exclusive; null if there is none. @throws Failure `invalid_request` */
export function nextTime(when: When, after: Date): Date | null {
  return nextTimes(when, after, 1)[0] ?? null;
}

/** Up to `count` times after `after`, exclusive. @throws Failure `invalid_request` for a pattern or zone that is none */
export function nextTimes(when: When, after: Date, count: number): Date[] {
  checkTimeZone(when.timeZone);
  if (NOT_A_PATTERN.test(when.pattern)) throw badPattern(when.pattern, 'it is one time, not a pattern');
  try {
    return cronOf(when).nextRuns(count, after);
  } catch (error) {
    throw badPattern(when.pattern, error instanceof Error ? error.message.replace(/^Cron\w+: /, '') : String(error));
  }
}

/** croner also takes a date, which comes once. */
const NOT_A_PATTERN = /^\s*\d{4}-\d\d/;

function badPattern(pattern: string, reason: string): Failure {
  return invalidRequest(
    `“${pattern}” is not a pattern of times: ${reason}.`.replace(/\.\.$/, '.'),
    'Write minute, hour, day of the month, month and day of the week, such as 30 2 * * * for every day at 02:30.',
  );
}

/** An offset such as +02:00 knows no summer time, and is not the same in every version of Node. */
function checkTimeZone(timeZone: string): void {
  try {
    if (!/^[+-]/.test(timeZone)) return void new Intl.DateTimeFormat('en', { timeZone });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw invalidRequest(
    `“${timeZone}” is not a time zone.`,
    'Use a name of the IANA database, such as Europe/Berlin or UTC.',
  );
}
