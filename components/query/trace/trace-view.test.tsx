import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ignore } from '@/components/ui/states';
import { render } from '@/components/ui/test-render';
import { keptTraces } from '@/lib/workbench/kept-traces';
import { TraceOption } from './trace-option';
import { TraceView } from './trace-view';
import { slowedTrace } from './trace-view.states';

const show = (trace = slowedTrace(), onReload = ignore) =>
  render(<TraceView cluster="demo" trace={trace} returnedRows={1} onReload={onReload} isReloading={false} />);

describe('a trace', () => {
  it('says in its facts what was waited for, and marks that path in words', async () => {
    show();
    await expect.element(page.getByText(/^402 ms for 127\.0\.45\.3, there and back \(READ_REQ\)/)).toBeVisible();
    await expect.element(page.getByText('3 on all replicas for 1 row returned')).toBeVisible();
    const lane = page.getByRole('region', { name: 'Node 127.0.45.3' });
    expect(lane.getByRole('listitem').elements()).toHaveLength(7);
    for (const item of lane.getByRole('listitem').elements()) {
      expect(item.textContent).toContain('on the path that took longest');
    }
  });

  it('folds the long gap and says how long it is', async () => {
    show();
    await expect.element(page.getByText(/Folded: 39\d ms without any event\./)).toBeVisible();
  });

  it('is a table too, with each node’s own clock, by keys alone', async () => {
    show();
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    const table = page.getByRole('table', { name: 'Trace events' });
    await expect.element(table).toBeVisible();
    await expect.element(table.getByText('07:04:51.534000 UTC')).toBeVisible();
    expect(table.getByRole('row').elements()).toHaveLength(1 + slowedTrace().events.length);
  });

  it('that is not complete says so and is read again on request', async () => {
    const onReload = vi.fn();
    show(slowedTrace({ gap: 'Not complete yet: nothing from 10.0.0.9, which was sent a message.' }), onReload);
    await expect.element(page.getByRole('note')).toHaveTextContent('Not complete yet');
    await userEvent.click(page.getByRole('button', { name: 'Read it again' }));
    expect(onReload).toHaveBeenCalledOnce();
  });

  it('suspects a clock aloud and leaves its times alone', async () => {
    const events = slowedTrace().events.map((event) =>
      event.source === '127.0.45.3' ? { ...event, atMicros: (event.atMicros ?? 0) - 1_000_000 } : event,
    );
    show(slowedTrace({ events }));
    await expect.element(page.getByText(/^The clocks of 127\.0\.45\.2 and 127\.0\.45\.3 seem to differ/)).toBeVisible();
    await expect.element(page.getByText(/07:04:50\.534000 UTC/)).toBeVisible();
  });

  it('has nothing to compare with until this tab has opened another', async () => {
    show();
    await userEvent.click(page.getByRole('button', { name: 'Compare', exact: true }));
    await expect.element(page.getByText(/^Nothing to compare with yet/)).toBeVisible();
    keptTraces.keep({ cluster: 'demo', id: 'other', label: 'SELECT 1 · ONE · page 1', returnedRows: 1 });
    await expect.element(page.getByRole('combobox', { name: 'Earlier trace' })).toBeVisible();
  });
});

it('tracing says what it costs while it is on', async () => {
  const { again } = render(<TraceOption checked={false} onChange={ignore} />);
  expect(page.getByText(/system_traces/).elements()).toHaveLength(0);
  again(<TraceOption checked onChange={ignore} />);
  await expect
    .element(page.getByRole('checkbox', { name: 'Trace' }))
    .toHaveAccessibleDescription(/system_traces, on two nodes/);
});
