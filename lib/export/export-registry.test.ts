import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { exportProgressSchema } from '@/lib/contract/exports';
import { ANONYMOUS } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';
import { beginExport, type ExportRecord, getExport, listExports } from './export-registry';
import { NO_PROGRESS } from './test-scans';

const start = {
  cluster: 'demo',
  title: 't',
  statement: 'SELECT',
  format: 'csv',
  compression: 'none',
  fileName: 't.csv',
} as const;
const begun: ExportRecord[] = [];
const begin = (id?: string) => {
  const record = beginExport(start, ANONYMOUS, id);
  begun.push(record);
  return record;
};
const codeOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Failure) return error.error.code;
    throw error;
  }
};

afterEach(() => {
  for (const record of begun.splice(0)) record.stop();
});

describe('an export', () => {
  it('is there for an API token of its person only on clusters that the token is for', () => {
    const { id } = begin();
    const by = (clusters: readonly string[] | null) => ({
      ...ANONYMOUS,
      asker: { name: 'anna', way: 'local' as const, groups: [], narrowed: { readOnly: true, clusters } },
    });
    expect([by(null), by(['demo'])].map((one) => listExports(one).map((found) => found.id))).toEqual([[id], [id]]);
    expect(listExports(by(['other']))).toEqual([]);
    expect(codeOf(() => getExport(id, by(['other'])))).toBe('not_found');
  });

  it('runs, moves and completes', () => {
    const record = begin();
    record.advance({ rows: 10, bytes: 100 });
    expect(exportProgressSchema.parse(record.snapshot())).toMatchObject({ state: 'running', rows: 10, endedAt: null });
    record.complete('abc');
    expect(record.snapshot()).toMatchObject({ state: 'complete', sha256: 'abc' });
  });

  it('reports its scan’s progress until it ends, and not after', () => {
    const record = begin();
    let pages = 1;
    record.follow(() => ({ ...NO_PROGRESS, pages: pages++, ringFraction: 0.5 }));
    expect(exportProgressSchema.parse(record.snapshot())).toMatchObject({ pages: 1, ringFraction: 0.5 });
    record.stop();
    expect(record.snapshot()).toMatchObject({ pages: 2, scan: { pages: 2 } });
    expect(record.snapshot().pages).toBe(2);
  });

  it('ends once: anything reported later is ignored', () => {
    const record = begin();
    record.fail({ code: 'read_timeout', message: 'Too slow.', retryable: true });
    record.complete('abc');
    record.stop();
    record.advance({ rows: 99 });
    expect(record.snapshot()).toMatchObject({
      state: 'failed',
      rows: 0,
      sha256: null,
      error: { code: 'read_timeout' },
    });
    const { elapsedMs } = record.snapshot();
    expect(record.snapshot().elapsedMs).toBe(elapsedMs);
  });

  it('aborts its read when stopped', () => {
    const record = begin();
    expect(record.signal.aborted).toBe(false);
    record.stop();
    expect(record.signal.aborted).toBe(true);
    expect(record.snapshot().state).toBe('stopped');
  });
});

describe('the registry', () => {
  it('finds an export by the id chosen by the browser', () => {
    const id = randomUUID();
    begin(id);
    expect(getExport(id, ANONYMOUS).snapshot()).toMatchObject({ id, state: 'running' });
    expect(listExports(ANONYMOUS)[0]).toMatchObject({ id });
    expect(codeOf(() => begin(id))).toBe('invalid_request');
    expect(codeOf(() => getExport(randomUUID(), ANONYMOUS))).toBe('not_found');
  });

  it('shows an export to nobody but its owner', () => {
    const { id } = begin();
    const other = { id: 'ada' };
    expect(codeOf(() => getExport(id, other))).toBe('not_found');
    expect(listExports(other)).toEqual([]);
    expect(codeOf(() => begin(id))).toBe('invalid_request');
  });

  it('lets four run at a time', () => {
    const [first] = [begin(), begin(), begin(), begin()];
    expect(codeOf(() => begin())).toBe('overloaded');
    first?.stop();
    expect(codeOf(() => begin())).toBeUndefined();
  });

  it('keeps the last hundred that ended and all that are running', () => {
    const running = begin();
    const first = begin();
    first.stop();
    for (let count = 0; count < 101; count++) begin().stop();
    expect(listExports(ANONYMOUS).length).toBeLessThanOrEqual(102);
    expect(getExport(running.id, ANONYMOUS).isRunning).toBe(true);
    expect(codeOf(() => getExport(first.id, ANONYMOUS))).toBe('not_found');
  });
});
