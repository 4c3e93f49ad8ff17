import { describe, expect, it } from 'vitest';
import { Places } from './places';

const never = new AbortController().signal;

describe('places', () => {
  it('are given in the order of requests, and a full queue is reported immediately', async () => {
    const places = new Places(1, 2);
    const entered: string[] = [];
    const first = await places.enter(never);
    const [second, third] = ['second', 'third'].map(async (name) => {
      const leave = await places.enter(never);
      entered.push(name);
      return leave;
    });
    expect(await places.enter(never)).toBeNull();
    first?.();
    first?.();
    (await second)?.();
    (await third)?.();
    expect(entered).toEqual(['second', 'third']);
    expect(await places.enter(never)).not.toBeNull();
  });

  it('are not given to a waiter that has left, and not lost either', async () => {
    const places = new Places(1, 1);
    const first = await places.enter(never);
    const gone = new AbortController();
    const waiting = places.enter(gone.signal);
    gone.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    await expect(places.enter(gone.signal)).rejects.toThrow('gone');
    first?.();
    expect(await places.enter(never)).not.toBeNull();
  });
});
