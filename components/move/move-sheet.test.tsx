import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { CopyPlan } from '@/lib/contract/copy';
import type { Job } from '@/lib/contract/jobs';
import { VERBS } from '@/lib/contract/rights';
import type { RightsAnswer } from '@/lib/contract/rights-answer';
import { T } from '@/lib/edit/test-plan';
import CopyAgainSheet from './copy-again-sheet';
import { COPY_PLAN } from './move-plan.states';
import { MoveSheet } from './move-sheet';

const JOB: Job = {
  ...{ id: '6f2b1f3c-0f1d-4c7e-8b0a-0a0a0a0a0a0a', kind: 'copy', cluster: 'demo', title: 'ks.t', statement: 'INSERT' },
  ...{ consistency: 'LOCAL_QUORUM', state: 'complete', rows: 3, bytes: 100, scan: null, error: null },
  ...{ createdAt: COPY_PLAN.expiresAt, startedAt: COPY_PLAN.expiresAt, endedAt: COPY_PLAN.expiresAt, elapsedMs: 5 },
  parts: [{ name: 'failed.ndjson', rows: 1, bytes: 100, sha256: 'ab'.repeat(32) }],
  directory: '/data/exports/6f2b',
  copiedTo: { cluster: 'laptop', keyspace: 'ks', table: 't' },
  copied: {
    ...{ read: 3, applied: 2, refused: 1, unknown: 0, skipped: 0, merged: 0, compared: null },
    readBack: { by: 'range', written: 2, found: 2, lacking: 0, ranges: [] },
  },
};
const CLUSTER = { colour: null, consistency: 'LOCAL_QUORUM', pageRows: 100 };

/** The sheet over a server that plans so; what it was asked, by address. */
function sheetOf(plan: Partial<CopyPlan> = {}) {
  const asked = serverOf(plan);
  const rows = { keyspace: 'ks', table: 't', filters: [], filtering: false };
  render(<MoveSheet cluster="demo" rows={rows} shape={T.shape} onClose={() => undefined} />);
  return asked;
}

/** @param lacked what the server says of each table's rights, by its name */
function serverOf(plan: Partial<CopyPlan>, lacked: (table: string | null) => readonly string[] = () => []) {
  const asked: (readonly [string, unknown])[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const { pathname, searchParams } = new URL(
      String(input instanceof Request ? input.url : input),
      window.location.href,
    );
    if (pathname.endsWith('/rights')) return Response.json(rightsOn(lacked(searchParams.get('table'))));
    if (init?.body != null) asked.push([pathname, JSON.parse(String(init.body))]);
    if (pathname.endsWith('/copy')) return Response.json({ ...COPY_PLAN, ...plan });
    if (pathname.endsWith('/start')) return Response.json(JOB, { status: 201 });
    if (pathname.endsWith('/clusters')) {
      const clusters = [
        { ...CLUSTER, name: 'demo', label: 'Demo', readOnly: true },
        { ...CLUSTER, name: 'laptop', label: 'Laptop', readOnly: false },
      ];
      return Response.json({ clusters });
    }
    return new Response(`${JSON.stringify(JOB)}\n`, { headers: { 'content-type': 'application/x-ndjson' } });
  });
  return asked;
}

function rightsOn(lacked: readonly string[]): RightsAnswer {
  const verbs = VERBS.map((verb) => {
    const missing = lacked.includes(verb) ? { verb, keyspace: 'ks', table: 't', isMasked: false } : null;
    return { verb, of: 'place' as const, rule: null, missing, partly: null, limits: [] };
  });
  return { person: null, verbs, rules: [], isReadOnly: false, mayAskOfOthers: false };
}

const button = (name: string) => page.getByRole('button', { name });

describe('copying a table', () => {
  it('goes to a cluster that may be written to, masks a column, shows the statements and starts the job', async () => {
    const asked = sheetOf();
    await expect.element(page.getByLabelText('Cluster', { exact: true })).toHaveValue('laptop');
    await userEvent.selectOptions(page.getByLabelText('What becomes of v'), 'mask with');
    await page.getByLabelText('CQL literal for v').fill('7');
    await button('Show the statements').click();
    await expect.element(page.getByText('CREATE TABLE shop.customers', { exact: false })).toBeVisible();
    await button('Start the job').click();
    await expect
      .element(page.getByRole('status'))
      .toHaveTextContent('complete3 rows read · 2 written · 1 refused · 2 found');
    expect(asked[0]).toMatchObject([
      '/api/clusters/demo/copy',
      { keyspace: 'ks', table: 't', target: { cluster: 'laptop', keyspace: 'ks', table: 't' }, create: true },
    ]);
    expect(Object(asked[0]?.[1]).mapping).toContainEqual({ to: 'v', from: { constant: '7' }, steps: [] });
    expect(asked[1]).toEqual(['/api/clusters/demo/copy/start', { token: 'token' }]);
    vi.restoreAllMocks();
  });

  it('changes a column by several steps, and copies the failed rows again', async () => {
    const asked = sheetOf();
    await userEvent.selectOptions(page.getByLabelText('What becomes of v'), 'change, into');
    await userEvent.selectOptions(page.getByLabelText('Add a step for v'), 'trim');
    await userEvent.selectOptions(page.getByLabelText('Add a step for v'), 'date_format');
    await page.getByLabelText('The format for v').fill('dd.MM.yyyy');
    await userEvent.selectOptions(page.getByLabelText('Add a step for v'), 'cast');
    await page.getByLabelText('The type for v').fill('bigint');
    await button('Show the statements').click();
    await expect
      .poll(() => Object(asked[0]?.[1]).mapping)
      .toContainEqual({
        ...{ to: 'v', from: { field: 'v' } },
        steps: [{ do: 'trim' }, { do: 'date_format', format: 'dd.MM.yyyy' }, { do: 'cast', to: 'bigint' }],
      });
    await button('Start the job').click();
    await button('Copy the 1 failed row again…').click();
    await expect.element(button('Start the job')).toBeVisible();
    await expect.element(button('Repeat…')).not.toBeInTheDocument();
    expect(asked.at(-1)).toEqual([
      '/api/clusters/demo/copy',
      { again: { job: JOB.id }, target: { cluster: 'laptop', keyspace: 'ks', table: 't' } },
    ]);
    vi.restoreAllMocks();
  });

  it('that has ended shows what it could not write, and copies that again', async () => {
    const asked = serverOf({});
    const onClose = vi.fn();
    render(<CopyAgainSheet id={JOB.id} onClose={onClose} />);
    await button('Copy the 1 failed row again…').click();
    await expect.element(page.getByText('CREATE TABLE shop.customers', { exact: false })).toBeVisible();
    expect(asked).toEqual([
      [
        '/api/clusters/demo/copy',
        { again: { job: JOB.id }, target: { cluster: 'laptop', keyspace: 'ks', table: 't' } },
      ],
    ]);
    await button('Start the job').click();
    await expect.element(page.getByRole('status')).toHaveTextContent('1 refused');
    await expect
      .element(page.getByRole('link', { name: 'failed.ndjson' }))
      .toHaveAttribute('href', `/api/jobs/${JOB.id}/parts/failed.ndjson`);
    await button('Close').last().click();
    expect(onClose).toHaveBeenCalled();
    vi.restoreAllMocks();
  });

  it('says of the very table that is named which right is missing, before anything is asked', async () => {
    serverOf({}, (table) => (table === 'mine' ? [] : table === 'theirs' ? ['write'] : ['ddl']));
    const rows = { keyspace: 'ks', table: 't', filters: [], filtering: false };
    render(<MoveSheet cluster="demo" rows={rows} shape={T.shape} onClose={() => undefined} />);
    const table = page.getByLabelText('Table', { exact: true });
    await expect.element(table).toHaveAccessibleDescription(/No role gives you ddl on this table, which creating/);
    await expect.element(button('Show the statements')).toBeDisabled();
    await page.getByLabelText('Create the table if it is not there').click();
    await expect.element(button('Show the statements')).toBeEnabled();
    await table.fill('theirs');
    await expect.element(table).toHaveAccessibleDescription('No role gives you write on this table: choose another.');
    await expect.element(button('Show the statements')).toBeDisabled();
    await table.fill('mine');
    await expect.element(button('Show the statements')).toBeEnabled();
    await expect.element(table).toHaveAccessibleDescription('');
    vi.restoreAllMocks();
  });

  it('starts on a red cluster only once the table’s name is typed', async () => {
    sheetOf({ confirmName: 't' });
    await button('Show the statements').click();
    await expect.element(button('Start the job')).toBeDisabled();
    await page.getByRole('textbox', { name: 'Type t to confirm' }).fill('t');
    await expect.element(button('Start the job')).toBeEnabled();
    vi.restoreAllMocks();
  });
});
