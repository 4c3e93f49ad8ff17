import { beforeAll, describe, expect, it } from 'vitest';
import { planQuery } from '@/lib/cassandra/read/query-plan';
import { countAnswers, failureOf, testBed } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { queryRequestSchema } from '@/lib/contract/reads';
import type { ScanProgress } from '@/lib/contract/scans';
import { openScan, type Scan, type ScanPage } from './scan';
import { createTables, drain, fillTables, linesOf, rowsOf, sorted, tablePlan } from './test-scans';

const KEYSPACE = 'ringside_scan_checkpoint_test';
const { cluster, plain } = testBed([KEYSPACE], createTables(KEYSPACE));
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

beforeAll(() => fillTables(plain, KEYSPACE));

describe('a checkpoint', () => {
  /** The scan's pages, each with the checkpoint after it; `stopAfter` leaves the scan there. */
  async function readWith(scan: Scan, stopAfter = Number.POSITIVE_INFINITY) {
    const steps: { page: ScanPage; checkpoint: string; progress: ScanProgress }[] = [];
    for await (const page of scan.pages) {
      steps.push({ page, checkpoint: scan.checkpoint(), progress: scan.progress() });
      if (steps.length >= stopAfter) break;
    }
    return steps;
  }

  it.each([
    ['in parallel', {}],
    ['in one ordered piece', { pieces: 'ordered' }],
  ] as const)('resumes without loss or repeat from wherever it was made: pieces %s', async (_, options) => {
    const expected = await rowsOf(plain, `${KEYSPACE}.wide`);
    const plan = await tablePlan(cluster, `${KEYSPACE}.wide`, { pageRows: 25 });
    const slow = { ...options, limits: { maxConcurrency: 2 } };
    const steps = await readWith(await openScan(plan, { principal: ANONYMOUS, ...slow }));
    const lines = steps.flatMap(({ page }) => linesOf(page));
    expect(sorted(lines)).toEqual(expected);
    const each = Math.ceil(steps.length / 12);
    for (const [index, { checkpoint, progress }] of steps.entries()) {
      if (index % each !== 0 && index !== steps.length - 1) continue;
      const before = steps.slice(0, index + 1).flatMap(({ page }) => linesOf(page));
      const { lines: behind, scan } = await drain(plan, { ...slow, resume: checkpoint });
      expect(sorted([...before, ...behind])).toEqual(expected);
      expect(scan.progress()).toMatchObject({ rows: expected.length, ringFraction: 1 });
      expect(progress.rows).toBe(before.length);
    }
  });

  it('is after the page that the reader holds when it leaves', async () => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.narrow`, { pageRows: 10 });
    const first = await readWith(await openScan(plan, { principal: ANONYMOUS }), 9);
    const rest = await drain(plan, { resume: first.at(-1)?.checkpoint });
    const all = [...first.flatMap(({ page }) => linesOf(page)), ...rest.lines];
    expect(sorted(all)).toEqual(await rowsOf(plain, `${KEYSPACE}.narrow`));
  });

  it('knows its pieces: the table size is not read again', async () => {
    const answers = countAnswers(await cluster.client(), 'system.table_estimates');
    const plan = await tablePlan(cluster, `${KEYSPACE}.narrow`, { pageRows: 10 });
    const [step] = await readWith(await openScan(plan, { principal: ANONYMOUS }), 1);
    const asked = answers();
    expect(asked).toBeGreaterThan(0);
    await drain(plan, { resume: step?.checkpoint });
    expect(answers()).toBe(asked);
  });

  it('of a read that does not split resumes too', async () => {
    const statement = `SELECT c FROM ${KEYSPACE}.wide WHERE k = 1`;
    const plan = await planQuery(cluster, queryRequestSchema.parse({ statement, pageRows: 40 }));
    const first = await readWith(await openScan(plan, { principal: ANONYMOUS }), 4);
    const rest = await drain(plan, { resume: first.at(-1)?.checkpoint });
    const lines = [...first.flatMap(({ page }) => linesOf(page)), ...rest.lines];
    expect(lines).toEqual(range(400).map((c) => `[${c}]`));
  });

  it('is refused when it is forged, of another read, or of a recreated table', async () => {
    const plan = await tablePlan(cluster, `${KEYSPACE}.narrow`, { pageRows: 10 });
    const [step] = await readWith(await openScan(plan, { principal: ANONYMOUS }), 1);
    const checkpoint = step?.checkpoint ?? '';
    const refusal = (resume: string, of = plan) => failureOf(openScan(of, { principal: ANONYMOUS, resume }));
    expect(await refusal(`${checkpoint}x`)).toMatchObject({ code: 'cursor_refused' });
    const [payload = '', mac = ''] = checkpoint.split('.');
    const decoded = Buffer.from(payload, 'base64url').toString().replace('"p":1', '"p":2');
    expect(await refusal(`${Buffer.from(decoded).toString('base64url')}.${mac}`)).toMatchObject({
      code: 'cursor_refused',
    });
    const other = await tablePlan(cluster, `${KEYSPACE}.narrow`, { columns: ['a'] });
    expect(await refusal(checkpoint, other)).toMatchObject({ code: 'cursor_refused' });
    const table = plan.table && { ...plan.table, id: '00000000-0000-1000-8000-000000000000' };
    expect(await refusal(checkpoint, { ...plan, table })).toMatchObject({ code: 'cursor_refused' });
    const gone = await tablePlan(cluster, `${KEYSPACE}.nothing`);
    expect(await refusal('', gone)).toMatchObject({ code: 'cursor_refused' });
  });
});
