import { describe, expect, it } from 'vitest';
import { FileFrameParser } from '@/lib/client/file-frames';
import { FRAMED_TYPE } from '@/lib/contract/exports';
import type { ExportRequest } from '@/lib/contract/reads';
import { ask, exportBed, ROWS, sorted } from './test-exports';

const KEYSPACE = 'ringside_export_frames_test';
const { csvFile } = exportBed(KEYSPACE);

describe('a download as frames', () => {
  const asked: ExportRequest = { keyspace: KEYSPACE, table: 't', format: 'csv', pageRows: 100 };
  const askFramed = (body: ExportRequest) => ask(body, { headers: { accept: FRAMED_TYPE } });

  /** The file up to the last checkpoint in the first `frames` frames, as a page keeps it when the connection breaks. */
  async function take(file: Buffer, frames: number, resume: string | undefined, limits = {}) {
    const response = await askFramed({ ...asked, limits, ...(resume !== undefined && { resume }) });
    expect(response.headers.get('content-type')).toBe(FRAMED_TYPE);
    const [parser, reader] = [new FileFrameParser(), response.body?.getReader()];
    let [kept, got, at, seen]: [Buffer, Buffer, string | undefined, number] = [file, file, resume, 0];
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
      for (const frame of parser.push(step.value)) {
        if (seen++ === frames) {
          await reader?.cancel();
          return { file: kept, resume: at, end: null };
        }
        if (frame.kind === 'bytes') got = Buffer.concat([got, frame.bytes]);
        if (frame.kind === 'checkpoint') [kept, at] = [got, frame.checkpoint];
        if (frame.kind === 'end') return { file: got, resume: at, end: frame };
      }
    }
    throw new Error('cut off');
  }

  it('that is cut off repeatedly resumes where it was, byte for byte', async () => {
    let [file, resume]: [Buffer, string | undefined] = [Buffer.alloc(0), undefined];
    for (const frames of [0, 2, 1, 5, 3, 2, 4]) {
      // Slow enough to arrive in many parts.
      const part = await take(file, frames, resume, { maxRowsPerSecond: 1_000 });
      expect(part.end).toBeNull();
      ({ file, resume } = part);
    }
    const { file: whole, end } = await take(file, Number.POSITIVE_INFINITY, resume);
    expect(end).toEqual({ kind: 'end', rows: ROWS, bytes: whole.length });
    expect(whole.toString().startsWith('k,c,name,score,tags\r\n')).toBe(true);
    expect(sorted(whole.toString(), '\r\n')).toEqual(sorted(await csvFile(), '\r\n'));
  });

  it('resumes only with the same request', async () => {
    const { resume } = await take(Buffer.alloc(0), 3, undefined);
    if (resume === undefined) throw new Error('no checkpoint arrived');
    const others: ExportRequest[] = [
      { ...asked, format: 'ndjson' },
      { ...asked, csv: { header: false } },
      { ...asked, columns: ['k'] },
    ];
    for (const other of others) {
      const refused = await askFramed({ ...other, resume });
      expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'cursor_refused' } }]);
    }
    for (const format of ['json', 'parquet'] as const) expect((await askFramed({ ...asked, format })).status).toBe(400);
    expect((await askFramed({ ...asked, compression: 'gzip' })).status).toBe(400);
  });
});
