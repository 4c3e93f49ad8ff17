import { describe, expect, it } from 'vitest';
import { toFailure } from '../client/errors';
import { emptyRoom, MOST_WAITING, ReadBudget } from './budget';

const MEGABYTE = 1024 * 1024;

function budgetOf(bytes = 4 * MEGABYTE, pages = 8): ReadBudget {
  return new ReadBudget(emptyRoom(), () => ({ bytes, pages, nodes: 1 }));
}

/** A page in flight until it is released. */
function held() {
  let come: () => void = () => undefined;
  let isAsked = false;
  const page = new Promise<void>((resolve) => {
    come = resolve;
  });
  const ask = () => {
    isAsked = true;
    return page;
  };
  return { ask, come: () => come(), isAsked: () => isAsked };
}

const never = new AbortController().signal;

describe('the budget of a cluster', () => {
  it('requests a page immediately if nothing else is in flight, and releases it when it arrives', async () => {
    const budget = budgetOf();
    expect(await budget.reader().page(null, never, async () => 'rows')).toBe('rows');
    expect(budget.state).toEqual({ underWay: [], waiting: [] });
  });

  it('releases a page that failed', async () => {
    const budget = budgetOf();
    const failing = budget.reader().page(null, never, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(budget.state.underWay).toEqual([]);
  });

  it('reports how many readers a reader waits for, until its turn comes', async () => {
    const budget = budgetOf();
    const [one, other] = [held(), held()];
    const [first, second] = [budget.reader(), budget.reader()];
    const reads = [first.page(null, never, one.ask), second.page(null, never, other.ask)];
    expect([first.waitsFor(), second.waitsFor(), other.isAsked()]).toEqual([null, 1, false]);
    one.come();
    await reads[0];
    await expect.poll(other.isAsked).toBe(true);
    expect(second.waitsFor()).toBeNull();
    other.come();
    await reads[1];
  });

  it('frees the place of a reader that leaves while waiting, but not while its page is in flight', async () => {
    const budget = budgetOf();
    const [one, other, last] = [held(), held(), held()];
    const [reading, waiting] = [new AbortController(), new AbortController()];
    const first = budget.reader().page(null, reading.signal, one.ask);
    const second = budget.reader().page(null, waiting.signal, other.ask);
    const third = budget.reader().page(1, never, last.ask);
    waiting.abort(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    reading.abort(new Error('gone as well'));
    expect([last.isAsked(), other.isAsked()]).toEqual([false, false]);
    one.come();
    await first;
    await expect.poll(last.isAsked).toBe(true);
    last.come();
    await third;
    expect(other.isAsked()).toBe(false);
  });

  it('refuses a new read when too many wait, but never one that has begun', async () => {
    const budget = budgetOf();
    const one = held();
    const stop = new AbortController();
    const others = [budget.reader().page(null, never, one.ask)];
    const waiting = Array.from({ length: MOST_WAITING }, () =>
      budget
        .reader()
        .page(null, AbortSignal.any([stop.signal]), held().ask)
        .catch(() => undefined),
    );
    const refused = await budget
      .reader()
      .page(null, never, held().ask)
      .catch((error: unknown) => toFailure(error).error);
    expect(refused).toMatchObject({ code: 'overloaded', retryable: true });
    const goesOn = held();
    others.push(budget.reader().page(MEGABYTE, never, goesOn.ask));
    stop.abort();
    one.come();
    await expect.poll(goesOn.isAsked).toBe(true);
    goesOn.come();
    await Promise.all([...others, ...waiting]);
    expect(budget.state).toEqual({ underWay: [], waiting: [] });
  });
});
