import { describe, expect, it } from 'vitest';
import { forEachInPool } from './pool.mjs';

const never = new AbortController().signal;

describe('forEachInPool', () => {
  it('does all the work, never more at once than there are slots', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await forEachInPool(
      Array.from({ length: 20 }, (_, index) => index),
      3,
      async (item) => {
        running += 1;
        most = Math.max(most, running);
        for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
        running -= 1;
        done.push(item);
      },
      never,
    );
    expect(most).toBe(3);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('throws the first failure once the work in flight has ended, and closes the source', async () => {
    let closed = false;
    let taken = 0;
    async function* source() {
      try {
        for (;;) yield taken++;
      } finally {
        closed = true;
      }
    }
    let ended = false;
    const slow = async () => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      ended = true;
    };
    const work = (item: number) => (item === 0 ? slow() : Promise.reject(new Error(`failed at ${item}`)));
    await expect(forEachInPool(source(), 2, work, never)).rejects.toThrow('failed at 1');
    expect({ closed, ended }).toEqual({ closed: true, ended: true });
    expect(taken).toBeLessThanOrEqual(3);
  });

  it('starts no more work once aborted', async () => {
    const controller = new AbortController();
    let started = 0;
    const work = async () => {
      started += 1;
      controller.abort(new Error('enough'));
    };
    await expect(forEachInPool([1, 2, 3], 1, work, controller.signal)).rejects.toThrow('enough');
    expect(started).toBe(1);
  });
});
