import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApprovalState } from '@/lib/contract/approvals';
import { agedAt, nextOf, type Standing, type Step } from './machine';

const [ANNA, BEN] = ['anna', 'ben'];
const waiting: Standing = { state: 'waiting', asker: ANNA, untilMs: 100 };
const approve = (by: string, isChanged = false): Step => ({ do: 'approve', by, isChanged, runUntilMs: 200 });
const run = (by: string, isChanged = false): Step => ({ do: 'run', by, isChanged });

describe('the steps of a change that waits', () => {
  it.each<[ApprovalState, string, Step, ApprovalState | RegExp]>([
    ['waiting', 'by somebody else', approve(BEN), 'approved'],
    ['waiting', 'by whoever asked', approve(ANNA), /somebody else/],
    ['waiting', 'after the table changed', approve(BEN, true), 'changed'],
    ['waiting', 'before approval', run(ANNA), /waits for approval/],
    ['waiting', 'refused', { do: 'refuse', by: BEN }, 'refused'],
    ['waiting', 'refused by whoever asked', { do: 'refuse', by: ANNA }, /withdraw/],
    ['waiting', 'withdrawn', { do: 'withdraw', by: ANNA }, 'withdrawn'],
    ['waiting', 'withdrawn by another', { do: 'withdraw', by: BEN }, /Only the person who asked/],
    ['approved', 'run by whoever asked', run(ANNA), 'running'],
    ['approved', 'run by whoever approved', run(BEN), /Only the person who asked/],
    ['approved', 'run after the table changed', run(ANNA, true), 'changed'],
    ['approved', 'approved twice', approve(BEN), /approved already/],
    ['approved', 'refused after all', { do: 'refuse', by: BEN }, 'refused'],
    ['running', 'run twice', run(ANNA), /is running/],
    ['running', 'withdrawn too late', { do: 'withdraw', by: ANNA }, /is running/],
    ['running', 'ended', { do: 'end' }, 'ran'],
    ['ran', 'run again', run(ANNA), /has run/],
    ['ran', 'ended twice', { do: 'end' }, /has run/],
    ['refused', 'run', run(ANNA), /was refused/],
    ['withdrawn', 'approved', approve(BEN), /was withdrawn/],
    ['expired', 'run', run(ANNA), /has expired/],
    ['changed', 'approved', approve(BEN), /has changed/],
  ])('%s, %s', (state, _how, step, expected) => {
    const next = nextOf({ ...waiting, state }, step, 50);
    if (typeof expected === 'string') expect(next).toMatchObject({ state: expected });
    else expect(next).toEqual({ not: expect.stringMatching(expected) });
  });

  it('expires at its time, waiting and approved, and not while it runs', () => {
    expect(agedAt(waiting, 99).state).toBe('waiting');
    expect(agedAt(waiting, 100).state).toBe('expired');
    expect(agedAt({ ...waiting, state: 'approved' }, 100).state).toBe('expired');
    expect(agedAt({ ...waiting, state: 'running', untilMs: null }, 1e9).state).toBe('running');
    expect(nextOf({ ...waiting, state: 'approved' }, run(ANNA), 100)).toEqual({
      not: expect.stringMatching(/expired/),
    });
  });

  it('never runs twice, unapproved, changed, late, or by another, in whatever order things happen', () => {
    const who = fc.constantFrom(ANNA, BEN, 'carl');
    const step = fc.oneof(
      fc.record({ do: fc.constant('approve' as const), by: who, isChanged: fc.boolean(), runUntilMs: fc.nat(400) }),
      fc.record({ do: fc.constant('run' as const), by: who, isChanged: fc.boolean() }),
      fc.record({ do: fc.constantFrom('refuse' as const, 'withdraw' as const), by: who }),
      fc.constant({ do: 'end' as const }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(30)), { maxLength: 30 }), (steps) => {
        let [now, runs, approvals] = [0, 0, 0];
        let standing: Standing = waiting;
        for (const [one, passed] of steps) {
          now += passed;
          const before = agedAt(standing, now);
          const next = nextOf(standing, one, now);
          if ('not' in next) continue;
          if (next.state === 'approved') {
            approvals++;
            expect(one).toMatchObject({ do: 'approve', isChanged: false });
            expect(one).not.toMatchObject({ by: ANNA });
          }
          if (next.state === 'running') {
            runs++;
            expect(before.state).toBe('approved');
            expect(approvals).toBe(1);
            expect(one).toMatchObject({ by: ANNA, isChanged: false });
            expect(now).toBeLessThan(before.untilMs ?? 0);
          }
          standing = { ...standing, ...next };
        }
        expect(runs).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });
});
