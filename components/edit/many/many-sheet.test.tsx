import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { ChangeManyPlan } from '@/lib/contract/change-many';
import type { Job } from '@/lib/contract/jobs';
import { T } from '@/lib/edit/test-plan';
import ManyJobSheet from './many-job-sheet';
import { PLAN } from './many-plan.states';
import { ManySheet } from './many-sheet';

const JOB: Job = {
  ...{
    id: '6f2b1f3c-0f1d-4c7e-8b0a-0a0a0a0a0a0a',
    kind: 'change',
    cluster: 'demo',
    title: 'ks.t',
    statement: 'UPDATE',
  },
  ...{ consistency: 'LOCAL_QUORUM', state: 'complete', rows: 3, bytes: 100, parts: [], scan: null, error: null },
  ...{ createdAt: PLAN.expiresAt, startedAt: PLAN.expiresAt, endedAt: PLAN.expiresAt, elapsedMs: 5 },
  changed: { keyspace: 'ks', table: 't', mode: 'guarded' },
  ...{ directory: '/data/exports/6f2b', changes: { applied: 2, unchanged: 0, notApplied: 1, refused: 0, unknown: 0 } },
};
const FILTER = { column: 'v', operator: '=', value: 1 } as const;

/** A server that plans so; what it was asked, by address. */
function answer(plan: Partial<ChangeManyPlan> = {}, job = JOB) {
  const asked: (readonly [string, unknown])[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input), window.location.href);
    if (init?.body != null) asked.push([pathname, JSON.parse(String(init.body))]);
    if (pathname.endsWith('/change-many')) return Response.json({ ...PLAN, ...plan });
    if (pathname.endsWith('/start')) return Response.json(job, { status: 201 });
    if (init?.method === 'POST') return Response.json({ ...job, maxRowsPerSecond: null });
    return new Response(`${JSON.stringify(job)}\n`, { headers: { 'content-type': 'application/x-ndjson' } });
  });
  return asked;
}

function sheetOf(plan: Partial<ChangeManyPlan> = {}) {
  const asked = answer(plan);
  const rows = { keyspace: 'ks', table: 't', filters: [FILTER], filtering: true };
  render(<ManySheet cluster="demo" rows={rows} shape={T.shape} onClose={() => undefined} />);
  return asked;
}

const button = (name: string) => page.getByRole('button', { name });

describe('changing rows like these', () => {
  it('asks what to set, shows what it would do, starts the job, and plans its undo', async () => {
    const asked = sheetOf();
    await expect.element(button('Count and show the first rows')).toBeDisabled();
    await userEvent.selectOptions(page.getByLabelText('Add a column to set'), 'v');
    await page.getByRole('textbox', { name: 'v', exact: true }).fill('7');
    await button('Count and show the first rows').click();
    await expect.element(page.getByRole('status')).toHaveTextContent('2 rows, counted at');
    await expect.element(page.getByText('It has these values already', { exact: false })).toBeVisible();
    await button('Start the job').click();
    await expect.element(page.getByRole('status')).toHaveTextContent('complete3 rows · 2 applied · 1 not applied');
    await button('Undo this job…').click();
    await expect.element(button('Start the job')).toBeEnabled();
    const of = { keyspace: 'ks', table: 't', options: { mode: 'guarded' }, journal: 'values' };
    expect(asked).toEqual([
      ['/api/clusters/demo/change-many', { ...of, filters: [FILTER], allowFiltering: true, set: { v: 7 } }],
      ['/api/clusters/demo/change-many/start', { token: 'token' }],
      [
        '/api/clusters/demo/change-many',
        { keyspace: 'ks', table: 't', options: { mode: 'guarded' }, again: { job: JOB.id, take: 'undo' } },
      ],
    ]);
    vi.restoreAllMocks();
  });

  it('offers no masked column, and names the role that masks it', async () => {
    const columns = T.shape.columns.map((column) => (column.name === 'v' ? { ...column, masked: 'reports' } : column));
    const rows = { keyspace: 'ks', table: 't', filters: [FILTER], filtering: true };
    render(<ManySheet cluster="demo" rows={rows} shape={{ ...T.shape, columns }} onClose={() => undefined} />);
    await expect
      .element(page.getByText('“v” is masked for you by the role reports, so it cannot be changed.'))
      .toBeVisible();
    const offered = page.getByLabelText('Add a column to set').element().textContent;
    expect(offered).toContain('w');
    expect(offered).not.toContain('v');
  });

  it('starts a deletion only once the table’s name is typed', async () => {
    const asked = sheetOf({ confirmName: 't' });
    await userEvent.selectOptions(page.getByLabelText('Change', { exact: true }), 'Delete the rows');
    await button('Count and show the first rows').click();
    await expect.element(button('Start the job')).toBeDisabled();
    await page.getByRole('textbox', { name: 'Type t to confirm' }).fill('t');
    await button('Start the job').click();
    await expect
      .poll(() => asked.at(-1))
      .toEqual(['/api/clusters/demo/change-many/start', { token: 'token', confirmName: 't' }]);
    vi.restoreAllMocks();
  });
});

describe('a job of changed rows, from its line', () => {
  it('can be given another rate while it runs', async () => {
    const asked = answer({}, { ...JOB, state: 'paused', maxRowsPerSecond: 20 });
    render(<ManyJobSheet id={JOB.id} onClose={() => undefined} />);
    const rate = page.getByRole('textbox', { name: 'Rows a second, at most' });
    await expect.element(rate).toHaveValue('20');
    await expect.element(button('Set the rate')).toBeDisabled();
    await rate.fill('fast');
    await expect.element(page.getByText('A whole number from 1 to 100,000.')).toBeVisible();
    await rate.fill('');
    await button('Set the rate').click();
    await expect.element(page.getByText('Now as fast as the cluster takes', { exact: false })).toBeVisible();
    expect(asked).toEqual([[`/api/jobs/${JOB.id}`, { action: 'rate', maxRowsPerSecond: null }]]);
    vi.restoreAllMocks();
  });

  it('plans its failed rows again, written as they were', async () => {
    const asked = answer({}, { ...JOB, changed: { keyspace: 'ks', table: 't', mode: 'plain' } });
    render(<ManyJobSheet id={JOB.id} onClose={() => undefined} />);
    await button('Try the failed rows again…').click();
    await expect.element(button('Start the job')).toBeEnabled();
    const again = { job: JOB.id, take: 'failed' };
    expect(asked).toEqual([
      ['/api/clusters/demo/change-many', { keyspace: 'ks', table: 't', options: { mode: 'plain' }, again }],
    ]);
    vi.restoreAllMocks();
  });
});
