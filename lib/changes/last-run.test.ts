import { describe, expect, it } from 'vitest';
import type { MutationPlan, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { editableOf } from '@/lib/edit/test-editable';
import { ChangeStore } from './change-store';
import { RecordedRun } from './last-run';

const { table } = editableOf('t');
const set = (c: number, v: number): RowChange => ({
  kind: 'update',
  key: { p: 1, c, c2: 1 },
  edits: { v: { set: v } },
});
const FAILED: StatementOutcome = {
  ...{ statement: 1, outcome: 'refused', message: 'Refused: no right.', elapsedMs: 1, mayResend: false },
};
/** Two updates, each by its own statement; as JSON, like a plan that has come from the server. */
const PLAN: MutationPlan = {
  ...{ token: 'token', expiresAt: '', confirmName: null, consistency: 'ONE', serialConsistency: null, notes: [] },
  ...{ refusals: [], rows: [null, null], changes: [set(1, 5), set(2, 6)] },
  statements: [0, 1].map((change) => ({
    ...{ cql: '', changes: [change], isConditional: true, after: null, timestampMicros: null, notes: [] },
  })),
};

function run() {
  const store = new ChangeStore({ cluster: 'demo', keyspace: 'ks', table: 't' }, table);
  store.act({ do: 'changes', changes: [set(1, 5), set(2, 6)] });
  const outcomes = () => store.getQueue().changes.map((one) => store.getStanding().endings.get(one)?.outcome);
  return { store, outcomes, recorded: new RecordedRun(store, PLAN, 'token') };
}

describe('a run that is recorded', () => {
  it('may have applied everything, until its outcomes are known', () => {
    const { outcomes, recorded } = run();
    expect(outcomes()).toEqual(['unknown', 'unknown']);
    recorded.ended(new Map([[1, FAILED]]));
    expect(outcomes()).toEqual(['unknown', 'refused']);
  });

  it('leaves nothing where it was refused before anything was sent', () => {
    const { outcomes, recorded } = run();
    recorded.refused();
    expect(outcomes()).toEqual([undefined, undefined]);
  });

  it('says nothing of a change that was edited meanwhile', () => {
    const { store, outcomes, recorded } = run();
    store.act({ do: 'change', change: set(2, 7) });
    recorded.ended(new Map([[1, FAILED]]));
    expect(outcomes()).toEqual(['unknown', undefined]);
  });
});
