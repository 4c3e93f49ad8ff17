import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Compression } from '@/lib/contract/exports';
import { exportProgressSchema } from '@/lib/contract/exports';
import { ANONYMOUS } from '@/lib/contract/principal';
import { beginExport, type ExportRecord } from '@/lib/export/export-registry';
import { numbered, TestScan } from '@/lib/export/test-scans';
import { writeFile } from '@/lib/export/write-file';
import { Failure } from '@/lib/failure';
import { fileResponse } from './file-stream';

const failure = new Failure({ code: 'read_failure', message: 'A replica failed.', retryable: true });
let record: ExportRecord;

beforeEach(() => {
  const what = { cluster: 'demo', title: 't', statement: 'SELECT', fileName: 't.csv' };
  record = beginExport({ ...what, format: 'csv', compression: 'none' }, ANONYMOUS);
  return () => record.stop();
});

const open = (scan: TestScan, fileName = 't.csv', compression: Compression = 'none') => {
  record.follow(() => scan.progress());
  const chunks = writeFile(scan, { format: { format: 'csv' }, compression });
  return fileResponse({ scan, record, chunks, fileName, contentType: 'text/csv' });
};
const progress = () => exportProgressSchema.parse(record.snapshot());

describe('a file', () => {
  it('is complete after the last page, and its record has the totals', async () => {
    const response = open(new TestScan([[[1, 2], [3]]]));
    expect(progress().state).toBe('running');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString()).toBe('id\r\n1\r\n2\r\n3\r\n');
    expect(progress()).toMatchObject({
      state: 'complete',
      rows: 3,
      pages: 2,
      bytes: bytes.length,
      error: null,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    expect(progress().endedAt).not.toBeNull();
  });

  it('is compressed on request; bytes and checksum are those of the compressed file', async () => {
    const bytes = Buffer.from(await open(new TestScan(numbered(3, 20, 500)), 't.csv.gz', 'gzip').arrayBuffer());
    expect(progress()).toMatchObject({
      state: 'complete',
      rows: 30_000,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
    const lines = gunzipSync(bytes).toString().split('\r\n');
    expect(lines).toEqual(['id', ...Array.from({ length: 30_000 }, (_, at) => String(at)), '']);
  });

  it('of an empty table is just the header', async () => {
    expect(await open(new TestScan([[[]]])).text()).toBe('id\r\n');
    expect(progress()).toMatchObject({ state: 'complete', rows: 0 });
  });

  it('has its name, in ASCII and exact, and the id of its export', async () => {
    const { headers } = open(new TestScan([[[1]]]), 'Ünï"; x\n.csv');
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="_n____x_.csv"; filename*=UTF-8''${encodeURIComponent('Ünï"; x\n.csv')}`,
    );
    expect(headers.get('x-ringside-export')).toBe(record.id);
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
  });
});

describe('a file never looks complete when it is not:', () => {
  it('a scan that fails midway breaks the transfer', async () => {
    const response = open(new TestScan([[[1, 2]]], { failure }));
    await expect(response.text()).rejects.toThrow('A replica failed.');
    expect(progress()).toMatchObject({ state: 'failed', rows: 2, sha256: null, error: { code: 'read_failure' } });
  });

  it('bytes that violate the protocol break the transfer', async () => {
    const response = open(new TestScan([[[1, 2]]], { body: Buffer.from([0, 0, 0, 4, 0, 0, 0, 1, 0]) }));
    await expect(response.text()).rejects.toThrow();
    expect(progress()).toMatchObject({ state: 'failed', error: { code: 'malformed_response' } });
  });

  it('a stop breaks the transfer', async () => {
    const scan = new TestScan([[[1], [2], [3]]]);
    record.signal.addEventListener('abort', () => scan.abort(record.signal.reason));
    const reader = open(scan).body?.getReader();
    await reader?.read();
    record.stop();
    await expect(reader?.read()).rejects.toThrow('The export was stopped.');
    expect(progress()).toMatchObject({ state: 'stopped', sha256: null, pages: 1 });
  });

  it('a reader that leaves stops the export and the scan', async () => {
    const scan = new TestScan([[[1], [2]]]);
    const reader = open(scan).body?.getReader();
    await reader?.read();
    await reader?.cancel('gone');
    expect(progress()).toMatchObject({ state: 'stopped', error: null, pages: 1 });
    expect([scan.signal.aborted, scan.isReturned]).toEqual([true, true]);
  });

  it('a reader that never starts stops them too', async () => {
    const scan = new TestScan([[[1], [2]]]);
    await open(scan).body?.cancel('gone');
    expect(progress()).toMatchObject({ state: 'stopped', pages: 0 });
    expect(scan.signal.aborted).toBe(true);
  });
});
