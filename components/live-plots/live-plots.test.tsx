import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import { type LiveView, USUAL_VIEW } from '@/lib/live/live-address';
import { LiveControls } from './live-controls';
import { ShownPlots } from './live-plots';
import { HAPPENED, MOVED } from './live-plots.states';

function drawn(view: Partial<LiveView> = {}) {
  render(
    <ShownPlots cluster="demo" data={MOVED} events={HAPPENED} view={{ ...USUAL_VIEW, ...view }} isOfTable={false} />,
  );
}

const panel = (name: string) => page.getByRole('region', { name, exact: true });

describe('the plots', () => {
  it('have one cursor, which the arrow keys move and Escape lets go', async () => {
    drawn();
    const reads = page.getByRole('slider', { name: 'Reads coordinated, /s' });
    await expect.element(reads).toHaveAttribute('aria-valuetext', expect.stringContaining('09:14:50 UTC'));
    reads.element().focus();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    await expect.element(reads).toHaveAttribute('aria-valuetext', expect.stringContaining('09:14:30 UTC'));
    await expect.element(panel('Writes coordinated').getByText('09:14:30 UTC')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.element(panel('Writes coordinated').getByText('09:14:50 UTC')).toBeVisible();
  });

  it('show a node that did not answer as unknown, and never as zero', async () => {
    drawn({ asTable: true });
    const table = page.getByRole('table', { name: 'Reads coordinated' });
    const silent = table.getByRole('row', { name: /09:07:30 UTC/ });
    await expect.element(silent).toHaveTextContent('unknown');
    await expect.element(table.getByRole('row', { name: /09:14:50 UTC/ })).toHaveTextContent(/\d \/s/);
  });

  it('say their unit, source and how often it is asked', async () => {
    drawn();
    await expect
      .element(panel('Read latency, coordinator'))
      .toHaveTextContent(/ms · of the slowest table.*system_views\.coordinator_read_latency, every 10 s/);
  });

  it('lead from a mark to the events; those close to each other share one', async () => {
    drawn();
    const marks = page.getByRole('list', { name: 'Events within this span' }).getByRole('link');
    await expect.element(marks.first()).toHaveAttribute('href', '/demo/events?node=10.0.0.2%3A9042');
    expect(marks.elements().map((mark) => mark.getAttribute('aria-label'))).toEqual([
      '09:06:40 UTC: 10.0.0.2:9042 Ringside cannot reach the node',
      '09:09:10 UTC: 10.0.0.2:9042 Ringside can reach the node again and 1 more event',
    ]);
  });

  it('are drawn where they are, at the span that is chosen', async () => {
    drawn({ spanMinutes: 5 });
    await expect.element(page.getByText('No events within this span.')).toBeVisible();
    expect(document.querySelectorAll('canvas')).toHaveLength(4);
  });
});

describe('the choices', () => {
  it('are the nodes, the span, the quantile, the pool, and numbers', async () => {
    const changes: Partial<LiveView>[] = [];
    render(
      <LiveControls
        view={{ ...USUAL_VIEW, nodes: ['b'] }}
        onView={(change) => changes.push(change)}
        nodes={['a', 'b']}
        pools={['ReadStage']}
        isOfOneNode={false}
        isOfTable={false}
      />,
    );
    await userEvent.click(page.getByRole('button', { name: 'a', exact: true }));
    await userEvent.click(page.getByRole('button', { name: 'b', exact: true }));
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Span' }), '1 hour');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Latencies and tombstones' }), 'max');
    await userEvent.selectOptions(page.getByRole('combobox', { name: 'Thread pool' }), 'ReadStage');
    await userEvent.click(page.getByRole('button', { name: 'Numbers' }));
    expect(changes).toEqual([
      { nodes: ['b', 'a'] },
      { nodes: [] },
      { spanMinutes: 60 },
      { quantile: 'max' },
      { pool: 'ReadStage' },
      { asTable: true },
    ]);
  });
});
