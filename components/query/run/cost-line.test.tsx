import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { costOf } from './cost-line.states';

const LONG = 'SELECT * FROM by_origin_day WHERE delay > 60 ALLOW FILTERING';

describe('the cost of a statement', () => {
  it('stands in words beside an icon', async () => {
    const { container } = render(costOf("SELECT * FROM by_origin_day WHERE origin = 'SEA' AND day = '2001-01-09'"));
    await expect.element(page.getByText('1 partition', { exact: true })).toBeVisible();
    await expect.element(page.getByText('The replicas of one key answer.')).toBeVisible();
    expect(container.querySelectorAll('svg')).toHaveLength(1);
  });

  it.each([390, 800])('is never cut: at %i px it wraps', async (width) => {
    const { container } = render(costOf(LONG));
    container.style.width = `${width}px`;
    await expect.element(page.getByText(/discards the rows that do not match/)).toBeVisible();
    for (const element of container.querySelectorAll('*')) {
      expect(element.scrollWidth, element.className.toString()).toBeLessThanOrEqual(element.clientWidth || width);
      expect(getComputedStyle(element).textOverflow).not.toBe('ellipsis');
    }
  });

  it('says what serves a statement that will be refused: a button changes the text', async () => {
    const onApply = vi.fn();
    render(costOf("UPDATE by_origin_day SET delay = 1 WHERE origin = 'SEA'", { onApply }));
    await expect
      .element(page.getByText(/it needs the whole partition key \(origin, day\): day is missing/))
      .toBeVisible();
    await userEvent.click(page.getByRole('button', { name: 'Add day = :day' }));
    expect(onApply.mock.calls).toMatchObject([[{ edits: [{ replacement: ' AND day = :day' }] }]]);
  });

  it('says what ALLOW FILTERING reads before it is added', async () => {
    render(costOf('SELECT * FROM by_origin_day WHERE delay > 60'));
    const button = page.getByRole('button', {
      name: /^Add ALLOW FILTERING: reads the whole ring, about .+ by the estimates$/,
    });
    await expect.element(button).toBeVisible();
  });

  it('offers to clean what was pasted', async () => {
    const onFix = vi.fn();
    render(costOf('SELECT\u00a0* FROM by_origin_day', { onFix }));
    await userEvent.click(page.getByRole('button', { name: 'Clean' }));
    expect(onFix.mock.calls).toMatchObject([[{ strays: [{ start: 6, replacement: ' ' }] }]]);
  });
});
