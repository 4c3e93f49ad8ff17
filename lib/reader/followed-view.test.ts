import { describe, expect, it, vi } from 'vitest';
import { FollowedView } from './followed-view';

const view = (first: number) => ({ first, last: first + 40, top: first });

describe('the view that a reader follows', () => {
  it('notifies when somebody scrolls, not when the rows change', () => {
    const followed = new FollowedView();
    const listener = vi.fn();
    const leave = followed.subscribe(listener);
    followed.put(view(7));
    expect([followed.get(), listener.mock.calls.length]).toEqual([view(7), 0]);
    followed.move(view(8), 1);
    expect([followed.get(), listener.mock.calls.length]).toEqual([view(8), 1]);
    leave();
    followed.move(view(9), 2);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('makes pages wait while somebody scrolls, except awaited ones', () => {
    const followed = new FollowedView();
    expect(followed.restMs(false, 0)).toBe(0);
    followed.move(view(1), 1_000);
    expect(followed.restMs(false, 1_010)).toBeGreaterThan(0);
    expect(followed.restMs(true, 1_010)).toBe(0);
    expect(followed.restMs(false, 2_000)).toBe(0);
  });
});
