import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { EventList } from './event-list';
import { SEEN } from './event-list.states';

function drawn(onNode: (address: string) => void = () => undefined) {
  render(<EventList cluster="demo" events={SEEN} isFiltered={false} onNode={onNode} more={null} />);
}

describe('the list of events', () => {
  it('is one list a day, newest first', async () => {
    drawn();
    await expect.element(page.getByRole('heading', { name: 'Sunday, November 29, 2026' })).toBeVisible();
    const days = page.getByRole('heading').elements();
    expect(days.map(({ textContent }) => textContent)).toEqual([
      'Sunday, November 29, 2026',
      'Saturday, November 28, 2026',
    ]);
    expect(page.getByRole('list').first().getByRole('listitem').first().element().textContent).toContain(
      'Setting read_request_timeout changedread_request_timeout: 5000ms → 7000ms',
    );
    await expect.element(page.getByText('Ringside can reach the node again')).toBeVisible();
  });

  it('shows the properties of a change on request, and says what was lost', async () => {
    drawn();
    await userEvent.click(page.getByText('Show them'));
    await expect.element(page.getByText('gc_grace_seconds: 864000 → 3600')).toBeVisible();
    await expect.element(page.getByText('Table shop."Carts" was dropped and created again')).toBeVisible();
  });

  it('says when something can have happened long before it was seen', async () => {
    drawn();
    await expect
      .element(page.getByText('It happened after Nov 27, 2026, 18:00, while Ringside did not watch.'))
      .toBeVisible();
    await expect.element(page.getByText('It had last watched at Nov 27, 2026, 18:00.')).toBeVisible();
  });

  it('offers the events of one node', async () => {
    const asked: string[] = [];
    drawn((address) => asked.push(address));
    await userEvent.click(page.getByRole('button', { name: 'Only events of 10.0.0.2:9042' }).first());
    expect(asked).toEqual(['10.0.0.2:9042']);
  });

  it('leads to the page of a node', async () => {
    drawn();
    await expect
      .element(page.getByRole('link', { name: '10.0.0.2:9042' }).first())
      .toHaveAttribute('href', '/demo/nodes/10.0.0.2%3A9042');
  });
});
