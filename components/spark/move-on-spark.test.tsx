import { describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { Job } from '@/lib/contract/jobs';
import type { SparkPlan } from '@/lib/contract/spark';
import { CopyOnSpark } from './move-on-spark';

const PLAN: SparkPlan = {
  master: 'spark://m:7077',
  columns: [
    { column: 'id', type: 'int', sparkType: 'int', verdict: 'exact', notes: [] },
    { column: 'price', type: 'decimal', sparkType: 'decimal(38,18)', verdict: 'may_lose', notes: ['Cut.'] },
  ],
  ...{ unconfirmed: [], problems: [], notes: ['Nulls write nothing.'], estimate: null, start: { can: true } },
  files: { script: 'INTO', command: 'spark-submit', properties: 'spark.x=1', secrets: [] },
};
const AT = '2026-01-01T00:00:00.000Z';
const JOB: Job = {
  ...{ id: '6f2b1f3c-0f1d-4c7e-8b0a-0a0a0a0a0a0a', kind: 'spark', cluster: 'demo', title: 'ks.t', statement: 'Spark' },
  ...{ consistency: 'LOCAL_QUORUM', state: 'complete', rows: 3, bytes: 0, parts: [], scan: null, error: null },
  ...{ createdAt: AT, startedAt: AT, endedAt: AT, elapsedMs: 5, directory: '/data/6f2b' },
  spark: {
    ...{ applicationId: 'local-1', stage: null, tasks: 0, tasksDone: 0, tasksFailed: 0 },
    ...{ rowsObserved: 3, rowsReadBack: 3, rowsFailed: 0 },
  },
};

/** A server that plans so; what it was asked, by address. */
function serverOf() {
  const asked: (readonly [string, unknown])[] = [];
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input), window.location.href);
    if (init?.body != null) asked.push([pathname, JSON.parse(String(init.body))]);
    if (pathname.endsWith('/spark')) {
      const { accepted } = Object(asked.at(-1)?.[1]);
      return Response.json({ ...PLAN, unconfirmed: accepted.includes('price') ? [] : ['price'] });
    }
    if (pathname.endsWith('/spark/start')) return Response.json(JOB, { status: 201 });
    return new Response(`${JSON.stringify(JOB)}\n`, { headers: { 'content-type': 'application/x-ndjson' } });
  });
  return asked;
}

describe('a copy on Spark instead', () => {
  it('asks nothing until it is opened, and starts once the column is confirmed and the table named', async () => {
    const asked = serverOf();
    const copy = { keyspace: 'ks', table: 't', target: { cluster: 'demo', keyspace: 'ks', table: 'u' } };
    render(<CopyOnSpark cluster="demo" copy={copy} columns={['id', 'price']} />);
    expect(asked).toEqual([]);
    await page.getByText('Copy on Spark instead').click();
    const start = page.getByRole('button', { name: 'Start on Spark' });
    await expect.element(start).toBeDisabled();
    // The plan comes while a directory is typed.
    await expect.element(page.getByRole('textbox', { name: 'Type u to confirm' })).not.toHaveFocus();
    await page.getByRole('checkbox', { name: 'Copy price all the same' }).click();
    await expect.element(page.getByText('Type the table’s name.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Type u to confirm' }).fill('u');
    await start.click();
    await expect.element(page.getByRole('status')).toHaveTextContent('complete3 rows observed · 3 read back');
    const mapping = ['id', 'price'].map((name) => ({ to: name, from: { field: name } }));
    const request = { do: 'copy', keyspace: 'ks', table: 't', filters: [], accepted: ['price'], mapping };
    expect(asked.at(-1)).toEqual([
      '/api/clusters/demo/spark/start',
      { request: { ...request, to: { keyspace: 'ks', table: 'u' } }, confirmName: 'u' },
    ]);
    vi.restoreAllMocks();
  });
});
