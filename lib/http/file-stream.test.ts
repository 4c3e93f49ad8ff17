import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { CassandraFailure } from '@/lib/cassandra/failure';
import { exportProgressSchema } from '@/lib/contract/exports';
import { beginExport, type ExportRecord } from '@/lib/export/export-registry';
import { compilePlan, csvHeader } from '@/lib/wire/plan';
import { type FileFormat, fileResponse } from './file-stream';
import { intPage, TestRead } from './test-reads';

const failure = new CassandraFailure({ code: 'read_failure', message: 'A replica failed.', retryable: true });
const csv: FileFormat = {
  contentType: 'text/csv',
  plan: (columns) => compilePlan(columns, 'csv'),
  head: (columns) => csvHeader(columns),
};
let record: ExportRecord;

beforeEach(() => {
  record = beginExport({
    cluster: 'demo',
    title: 't',
    statement: 'SELECT',
    format: 'csv',
    compression: 'none',
    fileName: 't.csv',
  });
  return () => record.stop();
});

const open = (read: TestRead, fileName = 't.csv') => fileResponse(read, record, fileName, csv);
const progress = () => exportProgressSchema.parse(record.snapshot());

describe('a file', () => {
  it('is complete when the last page is through, and says what it was', async () => {
    const response = await open(new TestRead([intPage([1, 2]), intPage([3], { index: 1, isLast: true })]));
    expect(progress().state).toBe('running');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString()).toBe('id\r\n1\r\n2\r\n3\r\n');
    expect(progress()).toMatchObject({
      ...{ state: 'complete', rows: 3, pages: 2, bytes: bytes.length, ringFraction: 1, error: null },
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(progress().endedAt).not.toBeNull();
  });

  it('of an empty table is its header', async () => {
    expect(await (await open(new TestRead([intPage([], { isLast: true })]))).text()).toBe('id\r\n');
    expect(progress()).toMatchObject({ state: 'complete', rows: 0 });
  });

  it('carries its name, plain and exact, and its export’s id', async () => {
    const { headers } = await open(new TestRead([intPage([1], { isLast: true })]), 'Ünï"; x\n.csv');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_n____x_.csv"; filename*=UTF-8''${encodeURIComponent('Ünï"; x\n.csv')}`,
    );
    expect(headers.get('x-ringside-export')).toBe(record.id);
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
  });
});

describe('a file never looks whole when it is not:', () => {
  it('a read that fails on the way breaks the transfer', async () => {
    const response = await open(new TestRead([intPage([1, 2]), failure]));
    await expect(response.text()).rejects.toThrow('A replica failed.');
    expect(progress()).toMatchObject({ state: 'failed', rows: 2, sha256: null, error: { code: 'read_failure' } });
  });

  it('bytes that break the protocol break the transfer', async () => {
    const response = await open(new TestRead([intPage([1, 2], { body: Buffer.from([0, 0, 0, 4, 0, 0, 0, 1, 0]) })]));
    await expect(response.text()).rejects.toThrow();
    expect(progress()).toMatchObject({ state: 'failed', error: { code: 'malformed_response' } });
  });

  it('a read that fails at once is no file', async () => {
    await expect(open(new TestRead([failure]))).rejects.toBe(failure);
    expect(progress()).toMatchObject({ state: 'failed', rows: 0, error: { code: 'read_failure' } });
  });

  it('columns that the format cannot hold are told before it begins, and the read is over', async () => {
    const column = { name: 'x', type: { kind: 'native', name: 'int' } } as const;
    const read = new TestRead([intPage([1], { columns: [column, column] })]);
    const objects = {
      ...csv,
      plan: (columns: Parameters<FileFormat['plan']>[0]) => compilePlan(columns, 'ndjson-object'),
    };
    await expect(fileResponse(read, record, 't.ndjson', objects)).rejects.toThrow('Two columns are called "x"');
    expect(progress()).toMatchObject({ state: 'failed', error: { code: 'invalid_request' } });
    expect(read.isReturned).toBe(true);
  });

  it('a stop breaks the transfer', async () => {
    const read = new TestRead([intPage([1]), intPage([2], { index: 1 }), intPage([3], { index: 2, isLast: true })]);
    record.signal.addEventListener('abort', () => read.abort(record.signal.reason));
    const reader = (await open(read)).body?.getReader();
    await reader?.read();
    record.stop();
    await expect(reader?.read()).rejects.toThrow('The export was stopped.');
    expect(progress()).toMatchObject({ state: 'stopped', sha256: null });
    expect(read.taken).toBe(1);
  });

  it('a reader that leaves stops the export and the read', async () => {
    const read = new TestRead([intPage([1]), intPage([2], { index: 1, isLast: true })]);
    const reader = (await open(read)).body?.getReader();
    await reader?.read();
    await reader?.cancel('gone');
    expect(progress()).toMatchObject({ state: 'stopped', error: null });
    expect([read.signal.aborted, read.isReturned, read.taken]).toEqual([true, true, 1]);
  });

  it('a reader that never begins stops them, too', async () => {
    const read = new TestRead([intPage([1]), intPage([2], { index: 1, isLast: true })]);
    await (await open(read)).body?.cancel('gone');
    expect(progress().state).toBe('stopped');
    expect([read.signal.aborted, read.isReturned]).toEqual([true, true]);
  });
});
