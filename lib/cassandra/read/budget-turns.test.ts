import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BudgetLimits,
  type BudgetPage,
  type BudgetState,
  beginNext,
  letGo,
  NOTHING_UNDER_WAY,
  nextLateMs,
  PATIENCE_MS,
  waitsFor,
  want,
} from './budget-turns';

const LIMITS: BudgetLimits = { bytes: 100, pages: 4, nodes: 1 };
const RING: BudgetLimits = { ...LIMITS, nodes: 3 };

/** Pages as `reader:bytes`, `*` for bytes that are not known; their ids are their places, from 1 on. */
function pages(...texts: readonly string[]): BudgetPage[] {
  return texts.map((text, at) => {
    const [reader, bytes] = text.split(':');
    return { id: at + 1, reader: Number(reader), bytes: bytes === '*' ? null : Number(bytes) };
  });
}

function wanting(...texts: readonly string[]): BudgetState {
  return pages(...texts).reduce(want, NOTHING_UNDER_WAY);
}

/** Begins all that may, and tells their ids in order. */
function begin(state: BudgetState, limits: BudgetLimits = LIMITS, nowMs = 0): { state: BudgetState; ids: number[] } {
  const ids: number[] = [];
  for (let next = beginNext(state, limits, nowMs); next !== null; next = beginNext(state, limits, nowMs)) {
    ids.push(next.page.id);
    state = next.state;
  }
  return { state, ids };
}

describe('pages that are begun', () => {
  it.each([
    ['as many as their bytes leave room for', ['1:40', '2:40', '3:40'], [1, 2]],
    ['to the last byte', ['1:50', '2:50', '3:1'], [1, 2]],
    ['no more than pages may be under way', ['1:1', '2:1', '3:1', '4:1', '5:1'], [1, 2, 3, 4]],
    ['one whose bytes are not known alone', ['1:*', '2:1'], [1]],
    ['not beside others when its bytes are not known', ['1:1', '2:*', '3:1'], [1]],
    ['one that is larger than the budget alone', ['1:500', '2:1'], [1]],
    ['of each reader in turn', ['1:10', '1:10', '1:10', '2:10', '3:10'], [1, 4, 5, 2]],
  ])('are %s', (_name, texts, ids) => {
    expect(begin(wanting(...texts)).ids).toEqual(ids);
  });

  it('are those of the next reader when a page has come, not more of the one that had it', () => {
    let { state } = begin(wanting('1:50', '1:50', '1:50', '1:50'));
    state = want(state, { id: 9, reader: 2, bytes: 50 });
    const order: number[] = [];
    for (const id of [1, 2, 3, 9]) {
      const next = begin(letGo(state, id));
      order.push(...next.ids);
      state = next.state;
    }
    expect(order).toEqual([3, 9, 4]);
  });

  it('make room when one is let go that had not begun', () => {
    const { state } = begin(wanting('1:60', '2:*', '3:40'));
    expect(begin(letGo(state, 2)).ids).toEqual([3]);
  });
});

describe('a page that is late', () => {
  it('keeps everybody waiting where there is no other node', () => {
    expect(begin(begin(wanting('1:*', '2:1')).state, LIMITS, 60_000).ids).toEqual([]);
    expect(nextLateMs(begin(wanting('1:*', '2:1')).state, LIMITS, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('hands its place on where other nodes may answer, and its share stays counted', () => {
    const { state } = begin(wanting('1:*', '2:40', '3:40', '4:20'), RING);
    expect(begin(state, RING, PATIENCE_MS - 1).ids).toEqual([]);
    expect(nextLateMs(state, RING, 500)).toBe(PATIENCE_MS - 500);
    // A third of the budget is the late page’s.
    expect(begin(state, RING, PATIENCE_MS).ids).toEqual([2]);
  });

  it('hands it on once for each node, so that never more than one page a node is read without known bytes', () => {
    let state = wanting('1:*', '2:*', '3:*', '4:*', '5:1');
    const begun = [0, 1, 2, 3, 4].map((times) => {
      const next = begin(state, { ...RING, pages: 10 }, times * PATIENCE_MS);
      state = next.state;
      return next.ids;
    });
    expect(begun).toEqual([[1], [2], [3], [], []]);
  });

  it('of known bytes does not keep one waiting that wants to be alone', () => {
    const { state } = begin(wanting('1:10', '2:*'), RING);
    expect(begin(state, RING, PATIENCE_MS).ids).toEqual([2]);
  });
});

describe('how many others a reader waits for', () => {
  it('counts readers, not pages: those under way and those whose turn is before', () => {
    const { state } = begin(wanting('1:50', '2:50', '1:50', '3:50', '4:50'));
    expect([1, 2, 3, 4, 5].map((reader) => waitsFor(state, reader))).toEqual([null, null, 2, 3, null]);
  });
});

describe('whatever comes, goes and leaves', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({
        step: fc.constant('want' as const),
        reader: fc.integer({ min: 1, max: 5 }),
        bytes: fc.option(fc.integer({ min: 1, max: 120 })),
      }),
      fc.record({ step: fc.constant('go' as const), at: fc.nat({ max: 30 }) }),
    ),
    { maxLength: 120 },
  );

  it('the pages under way stay below the budget, or one is alone; and all are begun in the end', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let state = NOTHING_UNDER_WAY;
        let lastId = 0;
        const check = () => {
          const next = begin(state);
          state = next.state;
          const expected = state.underWay.map(({ bytes }) => bytes ?? LIMITS.bytes);
          const sum = expected.reduce((total, bytes) => total + bytes, 0);
          expect(state.underWay.length).toBeLessThanOrEqual(LIMITS.pages);
          if (state.underWay.length > 1) expect(sum).toBeLessThanOrEqual(LIMITS.bytes);
          if (state.waiting.length > 0) expect(state.underWay.length).toBeGreaterThan(0);
        };
        for (const one of all) {
          if (one.step === 'want') state = want(state, { id: ++lastId, reader: one.reader, bytes: one.bytes });
          else state = letGo(state, one.at);
          check();
        }
        for (let left = lastId + 1; state.underWay.length > 0 && left > 0; left--) {
          state = letGo(state, state.underWay[0]?.id ?? 0);
          check();
        }
        expect(state).toEqual(NOTHING_UNDER_WAY);
      }),
    );
  });

  it('a reader has its turn after at most one page of each other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 20 }), (others, each) => {
        const limits = { ...LIMITS, pages: 1 };
        let state = NOTHING_UNDER_WAY;
        let id = 0;
        for (let page = 0; page < each; page++) {
          for (let reader = 1; reader <= others; reader++) state = want(state, { id: ++id, reader, bytes: 1 });
        }
        state = want(state, { id: ++id, reader: 99, bytes: 1 });
        let begun = 0;
        for (let next = beginNext(state, limits, 0); next !== null; next = beginNext(state, limits, 0)) {
          begun++;
          if (next.page.reader === 99) break;
          state = letGo(next.state, next.page.id);
        }
        expect(begun).toBe(others + 1);
      }),
    );
  });
});
