import { describe, expect, it } from 'vitest';
import { ApiFailure } from '@/lib/client/http';
import { EXPIRED, FIRST, type ReviewAct, type ReviewState, reviewed } from './review-state';
import { edit, outcome, planOf, READ, rowOf } from './test-review';

const PLAN = planOf([[edit('SEA', 12), rowOf(READ)]]);
const OTHER = planOf([[edit('SEA', 13), rowOf(READ)]]);
const stateAfter = (...acts: ReviewAct[]): ReviewState => acts.reduce(reviewed, FIRST);
const failure = (code: 'confirmation_required' | 'read_only' | 'server_error', status: number) =>
  new ApiFailure({ code, message: 'why', retryable: false }, status);

describe('a review', () => {
  it('that had expired is planned again, and says what differs', () => {
    const planned: ReviewAct = { do: 'planned', plan: PLAN };
    const again = stateAfter(planned, { do: 'run' }, { do: 'break', error: failure('confirmation_required', 409) });
    expect(again).toMatchObject({ phase: 'planning', because: EXPIRED });
    expect(reviewed(again, { do: 'planned', plan: OTHER })).toMatchObject({
      ...{ phase: 'ready', said: `${EXPIRED} Look again: statement 1 differs.` },
    });
  });

  it('tells a run that was refused from one that was cut off', () => {
    const run: ReviewAct[] = [{ do: 'planned', plan: PLAN }, { do: 'run' }];
    expect(stateAfter(...run, { do: 'break', error: failure('read_only', 403) })).toMatchObject({
      ...{ phase: 'ready', error: { message: 'why' }, cut: null },
    });
    expect(stateAfter(...run, { do: 'break', error: failure('server_error', 0) })).toMatchObject({
      ...{ phase: 'ran', error: null, cut: { message: 'why' } },
    });
  });

  it('takes in what a later look found, with what undoes it', () => {
    const end = { elapsedMs: 1, undo: [], notUndone: [] };
    const cut = stateAfter(
      { do: 'planned', plan: PLAN },
      { do: 'run' },
      { do: 'break', error: failure('server_error', 0) },
    );
    const looking = reviewed(cut, { do: 'look', statements: [0] });
    expect(looking.looking).toEqual(new Set([0]));
    const looks = { outcomes: [outcome(0, {})], end };
    expect(reviewed(looking, { do: 'looked', statements: [0], looks })).toMatchObject({
      ...{ outcomes: new Map([[0, outcome(0, {})]]), end, looking: new Set() },
    });
  });
});
