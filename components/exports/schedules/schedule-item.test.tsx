import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { scheduleStates } from './schedule-item.states';

const show = (name: string) => render(scheduleStates.states[name]?.draw());
const article = page.getByRole('article', { name: 'Schedule nightly' });

describe('a schedule', () => {
  it('shows its last run, and the others when they are asked for', async () => {
    show('several runs');
    await expect.element(article).toHaveTextContent('Skipped 4 times');
    await expect.element(article).toHaveTextContent('The run before was still going.');
    expect(page.getByRole('listitem').elements()).toHaveLength(1);
    await userEvent.click(page.getByRole('button', { name: 'Show the last 4 runs' }));
    expect(page.getByRole('listitem').elements()).toHaveLength(4);
    await userEvent.click(page.getByRole('button', { name: 'Show the last run only' }));
    expect(page.getByRole('listitem').elements()).toHaveLength(1);
  });

  it('says why its run failed, and that its webhook did', async () => {
    show('failed');
    await expect.element(article).toHaveTextContent('There is no table flights.by_origin_day.');
    await expect.element(article).toHaveTextContent('The webhook failed: It answered 500.');
    await expect.element(article).not.toHaveTextContent('Complete');
  });

  it('does not call a run complete that left failed rows', async () => {
    show('a load with failed rows');
    await expect.element(article).toHaveTextContent('Complete, with failed rows');
    await expect.element(article).toHaveTextContent('3 rows were not written');
  });

  it('that is paused can be resumed, and run by hand', async () => {
    show('paused');
    await expect.element(article).toHaveTextContent('paused');
    await expect.element(page.getByRole('button', { name: 'Resume' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Run now' })).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Pause' })).not.toBeInTheDocument();
  });
});
