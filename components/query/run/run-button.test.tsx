import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { RunButton } from './run-button';

const button = (running: boolean, act: { onRun: () => void; onStop: () => void }) => (
  <RunButton runnable={{ blocked: null, count: 1 }} running={running} {...act} />
);

describe('the button that runs', () => {
  it('runs nothing when a press on Stop meets the end of the statement', async () => {
    const act = { onRun: vi.fn(), onStop: vi.fn() };
    const { again } = render(button(true, act));
    const pressed = page.getByRole('button', { name: 'Stop' }).element() as HTMLElement;
    again(button(false, act));
    pressed.click();
    expect(act.onRun).not.toHaveBeenCalled();
    await userEvent.click(page.getByRole('button', { name: /^Run/ }));
    expect(act.onRun).toHaveBeenCalledOnce();
  });

  it('keeps the focus where it is pressed by keys', async () => {
    const act = { onRun: vi.fn(), onStop: vi.fn() };
    const { again } = render(button(false, act));
    await userEvent.tab();
    again(button(true, act));
    await expect.element(page.getByRole('button', { name: 'Stop' })).toHaveFocus();
    again(button(false, act));
    await expect.element(page.getByRole('button', { name: /^Run/ })).toHaveFocus();
  });
});
