import { describe, expect, it, onTestFinished } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { Filter } from '@/lib/contract/filters';
import { StateKeyForm } from './key-form.states';

const origin = page.getByRole('textbox', { name: 'origin text' });
const day = page.getByRole('textbox', { name: 'day date' });
const departs = page.getByRole('textbox', { name: 'departs timestamp' });
const open = page.getByRole('button', { name: 'Open', exact: true });
const allRows = page.getByRole('button', { name: 'All rows' });
const says = page.getByRole('form').getByRole('status');

/** What the form has opened. */
const filters = () => JSON.parse(document.querySelector('[data-filters]')?.textContent ?? 'null');
const SEA: Filter = { column: 'origin', operator: '=', value: 'SEA' };
const DAY: Filter = { column: 'day', operator: '=', value: '2001-01-09' };

describe('the key form', () => {
  it('opens a partition with Enter, in key order, and goes back to all rows with Escape', async () => {
    render(<StateKeyForm />);
    origin.element().focus();
    await userEvent.keyboard('SEA{Tab}2001-01-09{Enter}');
    await expect.poll(filters).toEqual([SEA, DAY]);
    await expect.element(day).toHaveValue('2001-01-09');
    await expect.element(allRows).toBeVisible();

    await userEvent.keyboard('{Escape}');
    await expect.poll(filters).toEqual([]);
    await expect.element(allRows).not.toBeInTheDocument();
    await expect.element(origin).toHaveValue('');
    await expect.element(origin).toHaveFocus();
  });

  it('says what is wrong while it is typed, and what is missing once somebody opens', async () => {
    render(<StateKeyForm />);
    await userEvent.fill(day, '2001-01');
    await expect.element(day).toHaveAttribute('aria-invalid', 'true');
    await expect.element(says).toHaveTextContent(/^day: /);
    await userEvent.fill(day, "'2001-01-09'");
    await expect.element(says).toHaveTextContent('day: leave out the quotes: 2001-01-09');
    await userEvent.fill(day, '2001-01-09');
    await expect.element(says).toHaveTextContent('');

    await userEvent.click(open);
    await expect.element(says).toHaveTextContent('origin is missing');
    await expect.element(origin).toHaveFocus();
    await expect.element(origin).toHaveAccessibleDescription('origin is missing');
    expect(filters()).toEqual([]);
    await userEvent.fill(origin, "'SEA'");
    await expect.element(says).toHaveTextContent('the quotes are part of the value');
  });

  it('starts from the selected row, and keeps what is typed when another is selected', async () => {
    const row = (name: string) =>
      new Map([
        ['origin', name],
        ['day', '2001-01-09'],
      ]);
    onTestFinished(() => window.localStorage.removeItem('ringside.tip.partition-key'));
    const { again } = render(<StateKeyForm row={row('LAX')} />);
    await expect.element(origin).toHaveValue('LAX');
    await userEvent.click(page.getByRole('button', { name: 'Dismiss this tip' }));
    await expect.element(page.getByText('From the selected row')).toBeVisible();
    again(<StateKeyForm row={row('SEA')} />);
    await expect.element(origin).toHaveValue('SEA');
    await userEvent.click(open);
    await expect.poll(filters).toEqual([SEA, DAY]);

    await userEvent.fill(origin, 'OAK');
    again(<StateKeyForm row={row('LAX')} />);
    await expect.element(origin).toHaveValue('OAK');
    // The first Escape discards what is typed, and keeps the partition.
    await userEvent.keyboard('{Escape}');
    await expect.element(origin).toHaveValue('LAX');
    expect(filters()).toEqual([SEA, DAY]);
    await userEvent.click(allRows);
    await expect.poll(filters).toEqual([]);
  });

  it('narrows a partition by clustering columns, one after another', async () => {
    render(<StateKeyForm filters={[SEA, DAY]} />);
    await expect.element(departs).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('button', { name: 'departs', exact: true }));
    await expect.element(departs).toHaveFocus();
    await userEvent.keyboard('2001-01-09 06:10+00:00');
    await expect.element(says).toHaveTextContent('departs = 2001-01-09T06:10:00.000Z');
    await userEvent.keyboard('{Enter}');
    await expect
      .poll(filters)
      .toEqual([SEA, DAY, { column: 'departs', operator: '=', value: '2001-01-09T06:10:00.000Z' }]);
    await userEvent.fill(departs, '');
    await userEvent.keyboard('{Enter}');
    await expect.poll(filters).toEqual([SEA, DAY]);
  });

  it('folds on a narrow screen, and says there which partition is open', async () => {
    onTestFinished(() => page.viewport(1280, 800));
    await page.viewport(390, 800);
    render(<StateKeyForm />);
    await expect.element(origin).not.toBeInTheDocument();
    await userEvent.click(page.getByRole('button', { name: 'Open a partition' }));
    await expect.element(origin).toHaveFocus();
    await userEvent.keyboard('SEA{Tab}2001-01-09{Enter}');
    await expect.element(page.getByRole('button', { name: 'SEA · 2001-01-09' })).toBeVisible();
    await expect.element(origin).not.toBeInTheDocument();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
