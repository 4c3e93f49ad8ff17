import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { barOf, fetchBarStates, LIMIT } from './fetch-bar.states';

const buttons = () =>
  page
    .getByRole('button')
    .elements()
    .map((button) => button.textContent);
const errorOf = (code: 'read_timeout' | 'table_truncated') => ({ code, message: 'It took too long.', retryable: true });

function actions() {
  return { onReadOn: vi.fn(), onStop: vi.fn(), onResume: vi.fn(), onRestart: vi.fn() };
}

describe('the fetch bar', () => {
  it('ends every state with one last word, and never changes its height', () => {
    for (const { draw } of Object.values(fetchBarStates.states)) {
      const { container, again } = render(draw());
      expect(
        page
          .getByRole('status')
          .elements()
          .map((word) => word.textContent !== ''),
      ).toEqual([true]);
      expect(container.getBoundingClientRect().height).toBe(36);
      again(null);
    }
  });

  it('offers only what can be done with the read now', () => {
    const offers = (reading: Parameters<typeof barOf>[0], props = {}) => {
      const { again } = render(barOf(reading, props));
      const offered = buttons();
      again(null);
      return offered;
    };
    expect(offers({ phase: 'reading' })).toEqual(['Stop']);
    expect(offers({ phase: 'paused' })).toEqual(['Read on']);
    expect(offers({ phase: 'complete' })).toEqual([]);
    expect(offers({ phase: 'stopped' })).toEqual(['Resume']);
    expect(offers({ phase: 'stopped' }, { repeatable: false })).toEqual([]);
    expect(offers({ phase: 'failed', error: errorOf('read_timeout') })).toEqual(['Why?', 'Resume']);
    expect(offers({ phase: 'failed', error: errorOf('table_truncated') })).toEqual(['Why?', 'Start again']);
    expect(offers({ phase: 'failed', error: errorOf('table_truncated') }, { onRestart: undefined })).toEqual(['Why?']);
  });

  it.each([
    ['Stop', { phase: 'reading' }, 'onStop'],
    ['Read on', { phase: 'paused' }, 'onReadOn'],
    ['Resume', { phase: 'stopped' }, 'onResume'],
    ['Resume', { phase: 'failed', error: errorOf('read_timeout') }, 'onResume'],
    ['Start again', { phase: 'failed', error: errorOf('table_truncated') }, 'onRestart'],
  ] as const)('%s is one press', async (name, reading, called) => {
    const given = actions();
    render(barOf(reading, given));
    await userEvent.click(page.getByRole('button', { name }));
    for (const [action, spy] of Object.entries(given)) {
      expect(spy, action).toHaveBeenCalledTimes(action === called ? 1 : 0);
    }
  });

  it('stops nothing when a press on Read on meets a read that has just begun by itself', async () => {
    const given = actions();
    const { again } = render(barOf({ phase: 'paused' }, given));
    const pressed = page.getByRole('button', { name: 'Read on' }).element() as HTMLElement;
    again(barOf({ phase: 'reading' }, given));
    pressed.click();
    expect(given.onStop).not.toHaveBeenCalled();
    await expect.element(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  });

  it('keeps the focus on what can be done, whatever that is now', async () => {
    const { again } = render(barOf({ phase: 'paused' }));
    await userEvent.tab();
    await expect.element(page.getByRole('button', { name: 'Read on' })).toHaveFocus();
    again(barOf({ phase: 'reading' }));
    await expect.element(page.getByRole('button', { name: 'Stop' })).toHaveFocus();
    again(barOf({ phase: 'stopped' }));
    await expect.element(page.getByRole('button', { name: 'Resume' })).toHaveFocus();
  });

  it('says how much of the ring was read, and all of it when complete', async () => {
    const { again } = render(barOf({ phase: 'paused' }));
    const share = page.getByRole('progressbar');
    await expect.element(share).toHaveAttribute('aria-valuenow', '63');
    again(barOf({ phase: 'complete' }));
    await expect.element(share).toHaveAttribute('aria-valuenow', '100');
    again(barOf({ phase: 'paused' }, { share: null }));
    await expect.element(share).not.toBeInTheDocument();
  });

  it('shows why it failed, with the cause, and gives the focus back at Escape', async () => {
    render(
      barOf({ phase: 'failed', error: { ...errorOf('read_timeout'), hint: 'Try later.', detail: 'ReadTimeout' } }),
    );
    const why = page.getByRole('button', { name: 'Why?' });
    await userEvent.click(why);
    const reason = page.getByRole('dialog');
    await expect.element(reason).toHaveTextContent('It took too long.Try later.ReadTimeout');
    await userEvent.keyboard('{Escape}');
    await expect.element(reason).not.toBeInTheDocument();
    await expect.element(why).toHaveFocus();
  });

  it('says that a limit of a role ended it, which role, and who can raise it', async () => {
    render(barOf({ phase: 'failed', error: LIMIT }));
    await expect.element(page.getByRole('status')).toHaveTextContent(/Incomplete: your role’s limit after row/);
    await userEvent.click(page.getByRole('button', { name: 'Why?' }));
    const reason = page.getByRole('dialog');
    await expect.element(reason).toHaveTextContent('as many as your role “reports” allows');
    await expect.element(reason).toHaveTextContent('Whoever runs Ringside can raise rows in the limits of reports');
  });

  it('keeps warnings of servers and its own notes one press away', async () => {
    render(barOf({ phase: 'paused', warnings: ['tombstones'] }, { notes: ['changed'] }));
    await userEvent.click(page.getByRole('button', { name: '2 warnings' }));
    const items = page.getByRole('dialog').getByRole('listitem');
    await expect.poll(() => items.elements().map((item) => item.textContent)).toEqual(['tombstones', 'changed']);
  });
});
