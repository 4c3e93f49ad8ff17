import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from '@/components/ui/test-render';
import type { Job } from '@/lib/contract/jobs';
import { type LoadDryRunLine, type LoadPreview, type LoadPreviewRequest, loadRequestSchema } from '@/lib/contract/load';
import type { Mapping } from '@/lib/contract/transforms';
import { PREVIEW } from './load.states';
import { LoadForm } from './load-form';

const ID = '6f2b1f3c-0f1d-4c7e-8b0a-0a0a0a0a0a0a';
const UPLOAD = { id: ID, name: 'people.csv', bytes: 3, received: 3, createdAt: PREVIEW.expiresAt };
const JOB: Job = {
  ...{ id: ID, kind: 'load', cluster: 'demo', title: 'shop.people', statement: 'INSERT', consistency: 'LOCAL_QUORUM' },
  ...{ state: 'complete', rows: 3, bytes: 100, scan: null, error: null, elapsedMs: 5 },
  ...{ createdAt: PREVIEW.expiresAt, startedAt: PREVIEW.expiresAt, endedAt: PREVIEW.expiresAt },
  directory: '/data/exports/6f2b',
  parts: [
    { name: 'failed.csv', rows: 1, bytes: 9, sha256: 'ab' },
    { name: 'reasons.ndjson', rows: 1, bytes: 99, sha256: 'cd' },
  ],
  load: {
    ...{ doing: 'verifying', read: 3, written: 2, bad: 1, refused: 0, unknown: 0, bytes: 100, totalBytes: 100 },
    ...{ rowsPerSecond: 0, verified: null },
  },
};
/** What the load of the job did to its columns. */
const OF_JOB: Mapping = [...PREVIEW.mapping, { to: 'note', from: { field: 'born' }, steps: [{ do: 'trim' }] }];
const NDJSON = { headers: { 'content-type': 'application/x-ndjson' } };
const COUNTS = {
  ...{ records: 3, good: 2, bad: 1, duplicates: 1, allKeysCompared: true, bytes: 100, totalBytes: 100, elapsedMs: 3 },
};
const DRY: LoadDryRunLine[] = [
  { duplicates: [{ key: 'id = 2', later: { file: null, at: 4 }, earlier: { file: null, at: 3 } }] },
  { end: { outcome: 'complete', message: null, counts: COUNTS, sha256: 'ab'.repeat(32) } },
];

const PLACE = { cluster: 'demo', keyspace: 'shop', table: 'people' };

/** A form as its page holds it. */
function Form({ again }: { again: string | null }) {
  const [job, setJob] = useState(again);
  return <LoadForm place={PLACE} again={job} onAgain={setJob} />;
}

/** A server that answers so; what its previews were asked. */
function serverOf(preview: Partial<LoadPreview>) {
  const asked: LoadPreviewRequest[] = [];
  const request = loadRequestSchema.parse({
    ...{ keyspace: 'shop', table: 'people', from: { upload: ID }, source: PREVIEW.source },
    bind: { mapping: PREVIEW.mapping },
  });
  vi.spyOn(window, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input), window.location.href);
    if (pathname.endsWith('/preview')) {
      const now: LoadPreviewRequest = JSON.parse(String(init?.body));
      asked.push(now);
      const failed = 'job' in now.from && now.bind === undefined;
      const again = { ...request, from: now.from, bind: { ...request.bind, mapping: OF_JOB } };
      const mapping = now.bind?.mapping ?? PREVIEW.mapping;
      return Response.json({ ...PREVIEW, mapping, request: failed ? again : request, ...preview });
    }
    if (pathname.endsWith('/dry-run'))
      return new Response(DRY.map((line) => `${JSON.stringify(line)}\n`).join(''), NDJSON);
    if (pathname.endsWith('/start')) return Response.json(JOB, { status: 201 });
    if (pathname.endsWith('/uploads')) return Response.json({ ...UPLOAD, received: 0 }, { status: 201 });
    if (pathname.includes('/uploads/')) return Response.json(UPLOAD);
    return new Response(`${JSON.stringify(JOB)}\n`, NDJSON);
  });
  return asked;
}

/** The form over a server that answers so, with a file chosen; what its previews were asked. */
async function formOf(preview: Partial<LoadPreview> = {}) {
  const asked = serverOf(preview);
  render(<Form again={null} />);
  await userEvent.upload(page.getByLabelText('Choose a file, or drop it here'), new File(['a\n1'], 'people.csv'));
  await expect.element(page.getByRole('table', { name: 'What the first records become' })).toBeVisible();
  return asked;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('loading a file', () => {
  it('says what was found out, what is wrong with a column, and which fields no column takes', async () => {
    await formOf({ fields: ['id', 'born', 'comment'] });
    await expect.element(page.getByText('Found out: delimiter, as commas cut', { exact: false })).toBeVisible();
    await expect.element(page.getByText('No column takes:')).toBeVisible();
    const columns = page.getByRole('table', { name: 'Columns and where they come from' });
    await expect.element(columns.getByRole('row', { name: /^born/ })).toHaveTextContent('expected date');
    await expect.element(page.getByText('1 of 2 records can be written')).toBeVisible();
  });

  it('reads numbers by the marks that are chosen', async () => {
    const asked = await formOf();
    await userEvent.selectOptions(page.getByLabelText('Add a step for id'), 'number_format');
    await userEvent.selectOptions(page.getByLabelText('How numbers are written for id'), "1'234.5");
    await vi.waitFor(() =>
      expect(asked.at(-1)?.bind?.mapping?.[0]).toMatchObject({
        steps: [{ do: 'number_format', decimal: '.', group: "'" }],
      }),
    );
  });

  it('lists the keys that come twice in a checked file', async () => {
    await formOf();
    await button('Check the whole file').click();
    const twice = page.getByRole('table', { name: 'Keys that come twice' });
    await expect.element(twice.getByRole('row').nth(1)).toHaveTextContent('43id = 2');
  });

  it('ends with the records that failed, and tries them again with the same columns', async () => {
    const asked = await formOf();
    await userEvent.selectOptions(page.getByLabelText('note comes from'), 'field:born');
    await vi.waitFor(() => expect(asked.at(-1)?.bind?.mapping).toHaveLength(4));
    await button('Start the load').click();
    const ended = page.getByRole('region', { name: 'The load that you started' });
    await expect
      .element(ended.getByRole('status'))
      .toHaveTextContent('complete3 records read · 2 written · 1 does not fit the table');
    await expect.element(ended.getByRole('link', { name: 'failed.csv' })).toBeVisible();
    await button('Try the 1 failed record again…').click();
    await vi.waitFor(() => expect(asked.at(-1)).toMatchObject({ from: { job: ID }, bind: { mapping: OF_JOB } }));
    // Its reasons are still there.
    await expect
      .element(
        page
          .getByRole('region', { name: 'The load whose records failed' })
          .getByRole('link', { name: 'reasons.ndjson' }),
      )
      .toBeVisible();
  });

  it('begins with the failed records of a job, as that job mapped them', async () => {
    const asked = serverOf({});
    render(<Form again={ID} />);
    await expect.element(page.getByRole('table', { name: 'What the first records become' })).toBeVisible();
    await expect.element(page.getByLabelText('note comes from')).toHaveValue('field:born');
    expect(asked[0]).toEqual({ keyspace: 'shop', table: 'people', from: { job: ID } });
    await button('Start the load').click();
    await expect.element(page.getByRole('region', { name: 'The load that you started' })).toBeVisible();
  });
});
