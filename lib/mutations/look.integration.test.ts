import { describe, expect, it } from 'vitest';
import { failureOf, testBed } from '@/lib/cassandra/test-support';
import type { MutationRequest, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { ANONYMOUS } from '@/lib/contract/principal';
import { lookAgain } from './look';
import { keepRun, runOf } from './ran';
import { takePlan } from './reviewed';
import { plan } from './test-changes';

const KEYSPACE = 'ringside_look_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (p int, c int, v int, PRIMARY KEY (p, c))`],
);
const signal = new AbortController().signal;
const UNKNOWN: StatementOutcome = {
  ...{ statement: 0, outcome: 'unknown', message: 'Unknown: no answer came.', elapsedMs: 1, mayResend: false },
};

/** A run whose only statement was sent, and never answered. */
async function unanswered(change: RowChange, options: MutationRequest['options']) {
  const { token, statements } = await plan(cluster, { keyspace: KEYSPACE, table: 't', changes: [change], options });
  const taking = { token: token ?? '', principal: ANONYMOUS, cluster: cluster.name, nowMs: Date.now() };
  const ran = keepRun(taking.token, takePlan({ ...taking, confirmName: undefined }), ANONYMOUS, taking.nowMs);
  ran.outcomes.set(0, UNKNOWN);
  return { taking, cql: statements[0]?.cql ?? '', look: () => lookAgain(cluster, runOf(taking), [0], signal) };
}

describe('a statement of unknown outcome', () => {
  it.each([
    ['plain', 'there'],
    ['guarded', 'looks_there'],
  ] as const)('is looked at again, and is %s %s once it arrives', async (mode, found) => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (1, 1, 1)`);
    const { cql, look } = await unanswered({ kind: 'update', key: { p: 1, c: 1 }, edits: { v: { set: 2 } } }, { mode });
    expect(await look()).toMatchObject({ outcomes: [{ outcome: 'unknown', look: { found: 'not_there' } }] });
    await plain.execute(cql);
    expect(await look()).toMatchObject({ outcomes: [{ outcome: 'unknown', look: { found } }] });
  });

  it('is looked at only by who ran it, on its cluster, and for a time', async () => {
    const { taking } = await unanswered({ kind: 'insert', key: { p: 2, c: 1 }, values: {} }, {});
    const asked = async (change: object) => failureOf(Promise.resolve().then(() => runOf({ ...taking, ...change })));
    expect(await asked({ principal: { id: 'somebody else' } })).toMatchObject({ code: 'not_found' });
    expect(await asked({ cluster: 'other' })).toMatchObject({ code: 'not_found' });
    expect(await asked({ nowMs: taking.nowMs + 15 * 60_000 })).toMatchObject({ code: 'not_found' });
    expect(runOf(taking).outcomes.get(0)).toEqual(UNKNOWN);
  });
});
