import 'server-only';
import type { When } from '@/lib/contract/schedules';
import { nextTime } from './times';

/** A run that is later than this is missed: nobody expects a nightly load at noon. */
export const LATE_MS = 60_000;
/** A clock that goes back by more was wrong before: what ran then does not count. */
const SET_BACK_MS = 24 * 3_600_000;

/** Where a schedule stands in time. */
export interface Standing {
  /** The next run; null: not known yet, or there is none. */
  readonly dueAt: Date | null;
  /** The last time that was due, whether it ran or not. */
  readonly lastAt: Date | null;
}

interface Due extends Standing {
  /** What to do about the time `at`, which has come; null: nothing yet. */
  readonly now: { readonly what: 'run' | 'miss'; readonly at: Date } | null;
}

/**
 * What a look at the clock means. No time runs twice, even if the clock is set back; of several that have passed, one is
 * run or missed, and the next one lies ahead.
 * @throws Failure `invalid_request` for a pattern that is none
 */
export function dueAt(when: When, { dueAt: due, lastAt }: Standing, now: Date): Due {
  if (due === null || due > now) return { now: null, dueAt: nextTime(when, laterOf(now, lastAt)), lastAt };
  const what = now.getTime() - due.getTime() > LATE_MS ? 'miss' : 'run';
  return { now: { what, at: due }, dueAt: nextTime(when, now), lastAt: due };
}

function laterOf(now: Date, lastAt: Date | null): Date {
  if (lastAt === null || lastAt <= now) return now;
  return lastAt.getTime() - now.getTime() > SET_BACK_MS ? now : lastAt;
}
