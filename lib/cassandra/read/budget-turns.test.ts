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

/** Pages as `reader:bytes`, `*` for unknown bytes; their ids count from 1. */
function pages(...texts: readonly string[]): BudgetPage[] {
  return texts.map((text, at) => {
    const [reader, bytes] = text.split(':');
    return { id: at + 1, reader: Number(reader), bytes: bytes === '*' ? null : Number(bytes) };
  });
}

function wanting(...texts: readonly string[]): BudgetState {
  return pages(...texts).reduce(want, NOTHING_UNDER_WAY);
}

/** Starts every page that may start, and returns their ids in order. */
function begin(state: BudgetState, limits: BudgetLimits = LIMITS, nowMs = 0): { state: BudgetState; ids: number[] } {
  const ids: number[] = [];
  for (let next = beginNext(state, limits, nowMs); next !== null; next = beginNext(state, limits, nowMs)) {
    ids.push(next.page.id);
    state = next.state;
  }
  return { state, ids };
}

describe('pages that start', () => {
  it.each([
    ['are as many as the bytes leave room for', ['1:40', '2:40', '3:40'], [1, 2]],
    ['fill the budget to the last byte', ['1:50', '2:50', '3:1'], [1, 2]],
    ['are no more than the page limit', ['1:1', '2:1', '3:1', '4:1', '5:1'], [1, 2, 3, 4]],
    ['are read alone if their bytes are unknown', ['1:*', '2:1'], [1]],
    ['wait for others if their bytes are unknown', ['1:1', '2:*', '3:1'], [1]],
    ['are read alone if larger than the budget', ['1:500', '2:1'], [1]],
    ['alternate between readers', ['1:10', '1:10', '1:10', '2:10', '3:10'], [1, 4, 5, 2]],
  ])('are %s', (_name, texts, ids) => {
    expect(begin(wanting(...texts)).ids).toEqual(ids);
  });

  it('are the next reader’s when a page has arrived, not more of the same reader’s', () => {
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

  it('make room when one is dropped before it starts', () => {
    const { state } = begin(wanting('1:60', '2:*', '3:40'));
    expect(begin(letGo(state, 2)).ids).toEqual([3]);
  });
});

describe('a page that is late', () => {
  it('makes everyone wait if there is no other node', () => {
    expect(begin(begin(wanting('1:*', '2:1')).state, LIMITS, 60_000).ids).toEqual([]);
    expect(nextLateMs(begin(wanting('1:*', '2:1')).state, LIMITS, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it('gives up its slot if other nodes may answer, but its bytes stay counted', () => {
    const { state } = begin(wanting('1:*', '2:40', '3:40', '4:20'), RING);
    expect(begin(state, RING, PATIENCE_MS - 1).ids).toEqual([]);
    expect(nextLateMs(state, RING, 500)).toBe(PATIENCE_MS - 500);
    // The late page has a third of the budget.
    expect(begin(state, RING, PATIENCE_MS).ids).toEqual([2]);
  });

  it('gives it up once per node, so that each node has at most one page of unknown bytes', () => {
    let state = wanting('1:*', '2:*', '3:*', '4:*', '5:1');
    const begun = [0, 1, 2, 3, 4].map((times) => {
      const next = begin(state, { ...RING, pages: 10 }, times * PATIENCE_MS);
      state = next.state;
      return next.ids;
    });
    expect(begun).toEqual([[1], [2], [3], [], []]);
  });

  it('of known bytes does not hold up a page that must be read alone', () => {
    const { state } = begin(wanting('1:10', '2:*'), RING);
    expect(begin(state, RING, PATIENCE_MS).ids).toEqual([2]);
  });
});

describe('how many others a reader waits for', () => {
  it('counts readers, not pages: the active ones and those ahead in the queue', () => {
    const { state } = begin(wanting('1:50', '2:50', '1:50', '3:50', '4:50'));
    expect([1, 2, 3, 4, 5].map((reader) => waitsFor(state, reader))).toEqual([null, null, 2, 3, null]);
  });
});

describe('whatever arrives, ends and leaves', () => {
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

  it('pages in flight stay within the budget, or one is alone; and all start eventually', () => {
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

  it('a reader gets its turn after at most one page of each other reader', () => {
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
