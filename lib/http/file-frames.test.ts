import { beforeEach, describe, expect, it } from 'vitest';
import { FileFrameParser } from '@/lib/client/file-frames';
import { ANONYMOUS } from '@/lib/contract/principal';
import { beginExport, type ExportRecord } from '@/lib/export/export-registry';
import { decodeResumePoint } from '@/lib/export/resume-point';
import { numbered, TestScan } from '@/lib/export/test-scans';
import { writeFile } from '@/lib/export/write-file';
import { Failure } from '@/lib/failure';
import { framedResponse } from './file-frames';

const csv = { format: 'csv' } as const;
let record: ExportRecord;

beforeEach(() => {
  const what = { cluster: 'demo', title: 't', statement: 'SELECT', fileName: 't.csv' };
  record = beginExport({ ...what, format: 'csv', compression: 'none' }, ANONYMOUS);
  return () => record.stop();
});

function open(scan: TestScan, start = { rows: 0, bytes: 0 }) {
  const isContinued = start.bytes > 0;
  const chunks = writeFile(scan, { format: csv, compression: 'none', checkpointEveryMs: 0, isContinued });
  return framedResponse({ scan, record, chunks, fileName: 't.csv', contentType: 'text/csv' }, csv, start);
}

/** The frames as the page reads them, with file bytes as text. */
async function framesOf(response: Response): Promise<(string | object)[]> {
  const frames = [...new FileFrameParser().push(new Uint8Array(await response.arrayBuffer()))];
  return frames.map((frame) => (frame.kind === 'bytes' ? Buffer.from(frame.bytes).toString() : frame));
}

describe('a framed download', () => {
  it('has each checkpoint after its bytes, and ends with the totals', async () => {
    const frames = await framesOf(open(new TestScan([[[1, 2], [3]]])));
    const checkpoint = (frame: unknown) =>
      decodeResumePoint(
        csv,
        typeof frame === 'object' && frame !== null && 'checkpoint' in frame ? String(frame.checkpoint) : '',
      );
    expect(frames).toHaveLength(5);
    expect([frames[0], frames[2], frames[4]]).toEqual([
      'id\r\n1\r\n2\r\n',
      '3\r\n',
      { kind: 'end', rows: 3, bytes: 13 },
    ]);
    expect(checkpoint(frames[1])).toEqual({ checkpoint: '[1]', rows: 2, bytes: 10 });
    expect(checkpoint(frames[3])).toEqual({ checkpoint: '[2]', rows: 3, bytes: 13 });
    expect(record.snapshot()).toMatchObject({ state: 'complete', sha256: null });
  });

  it('that resumes does not repeat the header, and counts what it had before', async () => {
    const frames = await framesOf(open(new TestScan([[[1, 2], [3]]], { resume: '[1]' }), { rows: 2, bytes: 10 }));
    expect([frames[0], frames[2]]).toEqual(['3\r\n', { kind: 'end', rows: 3, bytes: 13 }]);
    expect(record.snapshot()).toMatchObject({ state: 'complete', rows: 3, bytes: 13, sha256: null });
  });

  it('that fails says so in its last frame', async () => {
    const failure = new Failure({ code: 'ranges_failed', message: 'Some are missing.', retryable: true });
    await expect(framesOf(open(new TestScan([[[1]]], { failure })))).rejects.toThrow('Some are missing.');
    expect(record.snapshot()).toMatchObject({ state: 'failed', error: { code: 'ranges_failed' } });
  });

  it('is cut off when stopped', async () => {
    const scan = new TestScan(numbered(1, 3, 1));
    record.signal.addEventListener('abort', () => scan.abort(record.signal.reason));
    const reader = open(scan).body?.getReader();
    await reader?.read();
    record.stop();
    await expect(reader?.read().then(() => reader.read())).rejects.toThrow('The export was stopped.');
  });
});

describe('a checkpoint of a download', () => {
  it('is refused if it is for another format or invalid', () => {
    const other = { format: 'csv', csv: { header: false } } as const;
    expect(() => decodeResumePoint(csv, 'nonsense')).toThrow('not a download’s checkpoint');
    expect(() => decodeResumePoint(csv, '~')).toThrow('not a download’s checkpoint');
    expect(() => decodeResumePoint(other, `${Buffer.from('{"f":"x","r":1,"b":1}').toString('base64url')}~1`)).toThrow(
      'started in another format',
    );
  });
});
