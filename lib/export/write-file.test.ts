import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { canContinue } from '@/lib/contract/export-formats';
import { turnsDuring } from '@/lib/test-turns';
import { FILE_CHUNK_BYTES } from '@/lib/wire/file-format';
import { numbered, TestScan } from './test-scans';
import { begun, type FileOptions, writeFile } from './write-file';

const csv: FileOptions = { format: { format: 'csv' }, compression: 'none' };
const textOf = (chunks: readonly { bytes: Uint8Array }[]) => Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();

async function chunksOf(scan: TestScan, options: FileOptions) {
  const chunks = [];
  for await (const chunk of writeFile(scan, options)) chunks.push(chunk);
  return chunks;
}

describe('a file of a scan', () => {
  it('is sent in few large chunks, the first with the first page', async () => {
    // On a slow machine the clock would send chunks.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const [first, ...chunks] = await chunksOf(new TestScan(numbered(4, 50, 1_000)), csv);
    clock.mockRestore();
    expect(first?.rows).toBe(1_000);
    expect(
      chunks.filter(({ bytes }) => bytes.length > 0 && bytes.length < FILE_CHUNK_BYTES).length,
    ).toBeLessThanOrEqual(2);
    expect(chunks.at(-1)?.rows).toBe(200_000);
  });

  it('is refused before it starts if its format cannot hold the columns, and the scan ends', () => {
    const column = { name: 'x', type: { kind: 'native', name: 'int' } } as const;
    const scan = new TestScan([[[1]]], { columns: [column, column] });
    expect(() => writeFile(scan, { ...csv, format: { format: 'ndjson' } })).toThrow('Two columns are called "x"');
    expect(scan.signal.aborted).toBe(true);
  });

  it('ends the scan when its reader leaves', async () => {
    const scan = new TestScan(numbered(2, 3, 10));
    for await (const _ of writeFile(scan, csv)) break;
    expect(scan.isReturned).toBe(true);
  });
});

describe('a file that has started', () => {
  const broken = Buffer.from([0, 0, 0, 4, 0]);

  it('fails before it is read if its first rows fail', async () => {
    const scan = new TestScan([[[]], [[1]]], { body: broken });
    await expect(begun(writeFile(scan, csv))).rejects.toThrow('row 0, column "id"');
    expect(scan.isReturned).toBe(true);
  });

  it('is the same file, and fails when later pages fail', async () => {
    const whole = await chunksOf(new TestScan(numbered(2, 40, 1_000)), csv);
    const chunks = [];
    for await (const chunk of await begun(writeFile(new TestScan(numbered(2, 40, 1_000)), csv))) chunks.push(chunk);
    expect(textOf(chunks)).toBe(textOf(whole));
    const failure = new Error('later');
    const failing = await begun(writeFile(new TestScan(numbered(1, 100, 1_000), { failure }), csv));
    const takeAll = async () => {
      for await (const _ of failing);
    };
    await expect(takeAll()).rejects.toThrow('later');
  });

  it('frees the scan when nobody reads it', async () => {
    const scan = new TestScan(numbered(2, 100, 1_000));
    await (await begun(writeFile(scan, csv))).return();
    expect(scan.isReturned).toBe(true);
  });
});

describe('a checkpoint', () => {
  it('covers exactly the bytes before it: cut and continued anywhere, the file has every row once', async () => {
    const data = numbered(3, 4, 3);
    const cuts = fc.array(fc.nat({ max: 12 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.infiniteStream(fc.nat()), async (cutAt, choices) => {
        const choose = (open: readonly number[]) => open[(choices.next().value ?? 0) % Math.max(1, open.length)];
        let text = '';
        let resume: string | undefined;
        for (const after of [...cutAt, Number.POSITIVE_INFINITY]) {
          const scan: TestScan = new TestScan(data, { choose, resume });
          let [seen, kept] = [0, text];
          const options = { ...csv, isContinued: resume !== undefined, checkpointEveryMs: 0 };
          for await (const { bytes, checkpoint } of writeFile(scan, options)) {
            if (seen++ >= after) break;
            kept += Buffer.from(bytes).toString();
            if (checkpoint !== null) {
              text = kept;
              resume = checkpoint;
            } else if (after === Number.POSITIVE_INFINITY) text = kept;
          }
        }
        const [header, ...lines] = text.trimEnd().split('\r\n');
        expect(header).toBe('id');
        expect(lines.map(Number).toSorted((a, b) => a - b)).toEqual(data.flat(2));
      }),
      { numRuns: 100 },
    );
  });

  it('is given for formats that can be continued between two rows', () => {
    expect(canContinue('csv', 'none')).toBe(true);
    expect(canContinue('csv', 'gzip')).toBe(false);
    expect(canContinue('json', 'none')).toBe(false);
    expect(canContinue('parquet', 'none')).toBe(false);
  });

  it('is given only on request', async () => {
    const chunks = await chunksOf(new TestScan(numbered(1, 3, 2)), csv);
    expect(chunks.every(({ checkpoint }) => checkpoint === null)).toBe(true);
    expect(textOf(chunks)).toBe('id\r\n0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n');
  });
});

describe('a file of large rows', () => {
  const CELLS = 12;
  const CELL_BYTES = 1024 * 1024;
  const columns = Array.from({ length: CELLS }, (_, at) => {
    return { name: `v${at}`, type: { kind: 'native', name: 'text' } } as const;
  });
  const cell = Buffer.alloc(4 + CELL_BYTES, 'x');
  cell.writeInt32BE(CELL_BYTES);
  const body = Buffer.concat(columns.map(() => cell));

  it.each(['csv', 'ndjson', 'json', 'parquet'] as const)('yields to other work: %s', async (format) => {
    const scan = new TestScan([[[1]]], { columns, body });
    let largest = 0;
    const turns = await turnsDuring(async () => {
      for await (const { bytes } of writeFile(scan, { format: { format }, compression: 'none' })) {
        largest = Math.max(largest, bytes.length);
      }
    });
    expect(turns).toBeGreaterThan(body.length / (64 * 1024));
    expect(largest).toBeLessThanOrEqual(1024 * 1024);
  });
});

describe('a file of many rows', () => {
  it('yields to other work after each 256 KiB of a page', async () => {
    const scan = new TestScan(numbered(1, 1, 200_000));
    const turns = await turnsDuring(() => chunksOf(scan, csv));
    expect(turns).toBeGreaterThan((200_000 * 8) / (256 * 1024));
  });
});
