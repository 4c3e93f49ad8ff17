import { describe, expect, it, vi } from 'vitest';
import type { WaitedFor } from '@/lib/cassandra/client/run';
import type { ReadPage } from '@/lib/cassandra/read/reads';
import { controlFrameSchema } from '@/lib/contract/frames';
import { jsonValueSchema } from '@/lib/contract/json-schemas';
import { SHOWN_ROW_BYTES } from '@/lib/contract/limits';
import { Failure } from '@/lib/failure';
import { turnsDuring } from '@/lib/test-turns';
import { rowStreamResponse } from './row-stream';
import { intCells, intPage, TestRead } from './test-reads';
import { toStream } from './to-stream';

const failure = new Failure({ code: 'read_timeout', message: 'Too slow.', detail: 'raw', retryable: true });

/** A stream's lines: rows as arrays, frames as objects with one key. */
async function linesOf(read: TestRead): Promise<unknown[]> {
  const text = await (await rowStreamResponse(read)).text();
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const value = jsonValueSchema.parse(JSON.parse(line));
      return Array.isArray(value) ? value : controlFrameSchema.parse(value);
    });
}

describe('a stream of rows', () => {
  it('is a header, then rows with their page after them, then the end', async () => {
    const read = new TestRead([intPage([1, 2]), intPage([3, 4], { index: 1, isLast: true })]);
    const lines = await linesOf(read);
    expect(lines).toMatchObject([
      { header: { statement: 'SELECT id FROM t' } },
      [1],
      [2],
      { page: { index: 0, rows: 2, cursor: 'cursor-0' } },
      [3],
      [4],
      { page: { index: 1, totalRows: 4, cursor: null } },
      { end: { rows: 4, pages: 2, next: null, result: 'rows' } },
    ]);
  });

  it('gives the cursor after its last page if there are more rows', async () => {
    expect((await linesOf(new TestRead([intPage([1])]))).at(-1)).toMatchObject({ end: { rows: 1, next: 'cursor-0' } });
  });

  it('sends a page frame for an empty page, even in the middle', async () => {
    const pages = [intPage([]), intPage([7], { index: 1 }), intPage([], { index: 2, isLast: true })];
    const lines = await linesOf(new TestRead(pages));
    expect(lines.map((line) => (Array.isArray(line) ? line : Object.keys(Object(line))[0]))).toEqual([
      ...['header', 'page', [7], 'page', 'page', 'end'],
    ]);
  });

  it('is JSON that nothing may cache or compress', async () => {
    const { headers } = await rowStreamResponse(new TestRead([intPage([1], { isLast: true })]));
    expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
  });
});

describe('a read that waits for others', () => {
  /** A read that opens when `open` or `fail` is called, and waits for as many reads as `reads` returns. */
  function waiting(read: TestRead) {
    const reads: { now: WaitedFor | null } = { now: 3 };
    const { promise, resolve, reject } = withResolvers<TestRead>();
    return { reads, response: rowStreamResponse(promise, () => reads.now), open: () => resolve(read), fail: reject };
  }

  function withResolvers<T>() {
    let [resolve, reject]: [(value: T) => void, (reason: unknown) => void] = [() => undefined, () => undefined];
    const promise = new Promise<T>((onValue, onReason) => {
      [resolve, reject] = [onValue, onReason];
    });
    return { promise, resolve, reject };
  }

  it('says so before its header, again when fewer are left, and then is like any other', async () => {
    const { reads, response, open } = waiting(new TestRead([intPage([1], { isLast: true })]));
    const reader = (await response).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('{"waiting":{"reads":3}}\n');
    reads.now = 1;
    expect((await reader?.read())?.value).toBe('{"waiting":{"reads":1}}\n');
    reads.now = null;
    open();
    let text = '';
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) text += step.value;
    expect(text.split('\n').map((line) => Object.keys(JSON.parse(line || '{}'))[0])).toEqual([
      ...['header', '0', 'page', 'end', undefined],
    ]);
  });

  it('says of a schema change how many nodes have it, and at the end who did not answer', async () => {
    const agreement = { nodes: 3, agreed: 2, differing: [], silent: ['127.0.0.3:9042'] };
    const page = { ...intPage([], { isLast: true }), columns: null, agreement };
    const { reads, response, open } = waiting(new TestRead([page]));
    reads.now = agreement;
    const reader = (await response).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(JSON.parse((await reader?.read())?.value ?? '')).toEqual({ agreement });
    open();
    let text = '';
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) text += step.value;
    expect(JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ end: { rows: 0, agreement } });
  });

  it('and then fails ends with an error frame, because the status has been sent', async () => {
    const { response, fail } = waiting(new TestRead([]));
    const answer = await response;
    fail(failure);
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(answer.status).toBe(200);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ error: { ...failure.error, rows: 0, cursor: null } });
  });
});

describe('a failure', () => {
  it('of the first page is thrown, and there is no stream', async () => {
    await expect(rowStreamResponse(new TestRead([failure]))).rejects.toBe(failure);
  });

  it('midway is an error frame with the rows sent and where to resume, without an end', async () => {
    const lines = await linesOf(new TestRead([intPage([1, 2]), failure]));
    expect(lines.at(-1)).toEqual({ error: { ...failure.error, rows: 2, cursor: 'cursor-0' } });
    expect(lines.some((line) => 'end' in Object(line))).toBe(false);
  });

  it('in Ringside itself keeps its text on the server', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const lines = await linesOf(new TestRead([intPage([1]), new TypeError('password is hunter2')]));
    expect(lines.at(-1)).toMatchObject({ error: { code: 'internal_error', rows: 1 } });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  it('in a page’s bytes leaves no partial row before the error', async () => {
    const body = Buffer.concat([intCells([3, 4]), Buffer.from([0, 0, 0, 4, 0])]);
    const lines = await linesOf(new TestRead([intPage([1, 2]), intPage([3, 4, 5], { index: 1, body })]));
    expect(lines.filter(Array.isArray)).toEqual([[1], [2], [3], [4]]);
    expect(lines.at(-1)).toMatchObject({ error: { code: 'malformed_response', cursor: 'cursor-0' } });
  });
});

describe('a reader', () => {
  function* endless(): Generator<ReadPage> {
    const values = Array.from({ length: 1_000 }, (_, at) => at);
    for (let index = 0; ; index++) yield intPage(values, { index });
  }

  it('that takes nothing causes only the first page to be read', async () => {
    const read = new TestRead(endless());
    const reader = (await rowStreamResponse(read)).body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(read.taken).toBe(1);
    await reader?.read();
    expect(read.taken).toBe(2);
    await reader?.cancel();
  });

  it('that leaves stops the read and frees its source', async () => {
    const read = new TestRead(endless());
    const reader = (await rowStreamResponse(read)).body?.getReader();
    await reader?.read();
    await reader?.cancel('gone');
    expect(read.signal.reason).toBe('gone');
    expect(read.isReturned).toBe(true);
    expect(read.taken).toBe(1);
  });

  it('that never starts does so too', async () => {
    const read = new TestRead(endless());
    await (await rowStreamResponse(read)).body?.cancel('gone');
    expect([read.signal.reason, read.isReturned]).toEqual(['gone', true]);
  });

  it('of a stopped read gets neither end nor error', async () => {
    const read = new TestRead(endless());
    const reader = (await rowStreamResponse(read)).body?.getReader();
    await reader?.read();
    read.abort(new DOMException('stopped', 'AbortError'));
    const { done, value } = (await reader?.read()) ?? {};
    expect([done, value]).toEqual([true, undefined]);
  });

  it('gets large pages in chunks of at least 64 KiB, and each row once', async () => {
    const values = Array.from({ length: 50_000 }, (_, at) => at);
    const response = await rowStreamResponse(new TestRead([intPage(values, { isLast: true })]));
    const sizes: number[] = [];
    let text = '';
    const decoder = new TextDecoder();
    const reader = response.body?.getReader();
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) {
      sizes.push(step.value.length);
      text += decoder.decode(step.value, { stream: true });
    }
    expect(sizes.length).toBeGreaterThan(4);
    expect(Math.min(...sizes.slice(0, -2))).toBeGreaterThanOrEqual(64 * 1024);
    expect(Math.max(...sizes)).toBeLessThan(128 * 1024);
    expect(text.split('\n').filter((line) => line.startsWith('['))).toEqual(values.map((value) => `[${value}]`));
  });
});

describe('a stream of chunks', () => {
  /** Yields one chunk, then waits until it is stopped. */
  function waiting() {
    const stopped = new AbortController();
    const freed = vi.fn();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        yield new Uint8Array(1);
        await new Promise((_, reject) => {
          stopped.signal.addEventListener('abort', () => reject(new Error('stopped')));
        });
      } finally {
        freed();
      }
    }
    return { chunks: chunks(), stop: () => stopped.abort(), freed };
  }

  it('that is left while its next chunk is awaited is freed, and the failure of that wait goes nowhere', async () => {
    const { chunks, stop, freed } = waiting();
    const reader = toStream(chunks, stop).getReader();
    await reader.read();
    const next = reader.read();
    await reader.cancel('gone');
    expect(await next).toEqual({ done: true, value: undefined });
    await vi.waitFor(() => expect(freed).toHaveBeenCalledOnce());
  });

  it('is freed even if stopping it fails', async () => {
    const { chunks, freed } = waiting();
    const reader = toStream(chunks, () => Promise.reject(new Error('no'))).getReader();
    await reader.read();
    await expect(reader.cancel('gone')).rejects.toThrow('no');
    expect(freed).toHaveBeenCalledOnce();
  });
});

describe('a page that arrives in parts', () => {
  const part = (values: readonly number[], index: number, endsPage: boolean) => intPage(values, { index, endsPage });

  it('is one page, with its rows sent as they arrive', async () => {
    const read = new TestRead([part([1, 2], 0, false), intPage([3], { index: 0, isLast: true })]);
    const lines = await linesOf(read);
    expect(lines.slice(1, 4)).toEqual([[1], [2], [3]]);
    expect(lines.slice(4)).toMatchObject([{ page: { index: 0, cursor: null } }, { end: { rows: 3, pages: 1 } }]);
  });

  it('ends with the rows received so far if the read fails', async () => {
    const lines = await linesOf(new TestRead([part([1, 2], 0, false), failure]));
    expect(lines.slice(3)).toMatchObject([
      { page: { rows: 2, cursor: 'cursor-0' } },
      { error: { code: 'read_timeout', rows: 2, cursor: 'cursor-0' } },
    ]);
  });

  it('is not delivered if one of its rows cannot be written', async () => {
    const columns = [{ name: 'v', type: { kind: 'native', name: 'blob' } }] as const;
    const body = Buffer.alloc(4 + SHOWN_ROW_BYTES);
    body.writeInt32BE(SHOWN_ROW_BYTES);
    const small = Buffer.from([0, 0, 0, 1, 7]);
    const lines = await linesOf(
      new TestRead([
        intPage([1], { columns, body: small }),
        intPage([1], { index: 1, columns, body: small, endsPage: false }),
        intPage([1], { index: 1, columns, body, isLast: true }),
      ]),
    );
    expect(lines.at(-1)).toMatchObject({ error: { code: 'invalid_request', rows: 1, cursor: 'cursor-0' } });
    expect(JSON.stringify(lines.slice(0, -1)).match(/"page":/g)).toHaveLength(1);
  });
});

describe('a large row', () => {
  const CELL_BYTES = 12 * 1024 * 1024;
  const columns = [{ name: 'v', type: { kind: 'native', name: 'blob' } }] as const;
  const body = (bytes: number) => {
    const cell = Buffer.alloc(4 + bytes);
    cell.writeInt32BE(bytes);
    return cell;
  };

  it('yields to other work after each 64 KiB', async () => {
    const read = new TestRead([intPage([1], { isLast: true, columns, body: body(CELL_BYTES) })]);
    const { body: stream } = await rowStreamResponse(read);
    const reader = stream?.getReader();
    let bytes = 0;
    let largest = 0;
    const turns = await turnsDuring(async () => {
      for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
        bytes += step.value.length;
        largest = Math.max(largest, step.value.length);
      }
    });
    expect(bytes).toBeGreaterThan(2 * CELL_BYTES);
    expect(turns).toBeGreaterThan(CELL_BYTES / (64 * 1024));
    expect(largest).toBeLessThan(1024 * 1024);
  });

  it('over the limit is a failure that names row and column, after the rows before it', async () => {
    const pages = [
      intPage([1], { columns, body: body(3) }),
      intPage([1], { index: 1, isLast: true, columns, body: body(SHOWN_ROW_BYTES) }),
    ];
    const lines = await linesOf(new TestRead(pages));
    expect(lines.slice(1, 2)).toEqual([['0x000000']]);
    expect(lines.at(-1)).toMatchObject({
      error: {
        code: 'invalid_request',
        message: expect.stringContaining(`row 2, column "v": the row has ${SHOWN_ROW_BYTES + 4} bytes`),
      },
    });
  });
});
