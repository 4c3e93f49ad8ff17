import { afterEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from './test-render';
import { ToastRegion } from './toast-region';
import { dismissToast, getToasts, toast } from './toasts';

const region = page.getByRole('status', { name: 'Notices' });

afterEach(() => {
  vi.useRealTimers();
  for (const { id } of getToasts()) dismissToast(id);
});

describe('toasts', () => {
  it('stand in one region that is there before them, and go when dismissed', async () => {
    render(<ToastRegion />);
    await expect.element(region).toHaveTextContent('');
    toast({ text: 'Copied 2 rows' });
    await expect.element(region).toHaveTextContent('Copied 2 rows');
    await userEvent.click(page.getByRole('button', { name: 'Dismiss' }));
    await expect.element(region).toHaveTextContent('');
  });

  it('offer what can be done, for longer', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const run = vi.fn();
    render(<ToastRegion />);
    toast({ text: 'Closed', action: { label: 'Undo', run } });
    vi.advanceTimersByTime(9_000);
    await userEvent.click(page.getByRole('button', { name: 'Undo' }));
    expect(run).toHaveBeenCalledTimes(1);
    expect(getToasts()).toEqual([]);
    toast({ text: 'Closed', action: { label: 'Undo', run } });
    vi.advanceTimersByTime(10_000);
    expect(getToasts()).toEqual([]);
  });

  it('replace one another by id, and the newest three remain', () => {
    toast({ id: 'copy', text: 'Copying…', stays: true });
    toast({ id: 'copy', text: 'Copied' });
    expect(getToasts().map(({ text }) => text)).toEqual(['Copied']);
    for (const text of ['a', 'b', 'c']) toast({ text });
    expect(getToasts().map(({ text }) => text)).toEqual(['a', 'b', 'c']);
  });

  it('go by themselves when there was time to read them; what goes on stays', () => {
    vi.useFakeTimers();
    toast({ text: 'Short' });
    toast({ text: 'x'.repeat(100) });
    toast({ text: 'Copying…', stays: true });
    vi.advanceTimersByTime(4_000);
    expect(getToasts()).toHaveLength(2);
    vi.advanceTimersByTime(6_000);
    expect(getToasts().map(({ text }) => text)).toEqual(['Copying…']);
  });
});
