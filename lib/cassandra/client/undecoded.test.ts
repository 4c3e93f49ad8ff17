import { defaultOptions, type QueryOptions, types, version } from 'cassandra-driver';
import Connection from 'cassandra-driver/lib/connection.js';
import { Parser, Protocol, ResultEmitter } from 'cassandra-driver/lib/streams.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cellsOf, errorFrame, INT, int32, type RowsResult, rowsFrame, TEXT, voidFrame } from './test-frames';
import { type UndecodedRows, undecoded, undecodedRows } from './undecoded';

const COLUMNS = [
  { name: 'id', type: INT },
  { name: 'name', type: TEXT },
];
const THREE_ROWS: RowsResult = {
  columns: COLUMNS,
  rows: [
    [int32(1), Buffer.from('one')],
    [int32(2), null],
    [null, Buffer.alloc(0)],
  ],
};
const OTHER_ROWS: RowsResult = { columns: COLUMNS, rows: [[int32(77), Buffer.from('seventy-seven')]] };

const answerSchema = z.object({
  rows: z.array(z.unknown()).optional(),
  meta: z
    .object({ columns: z.array(z.object({ name: z.string() })), pageState: z.instanceof(Buffer).optional() })
    .optional(),
  flags: z
    .object({
      warnings: z.array(z.string()).optional(),
      traceId: z.instanceof(types.Uuid).optional(),
      customPayload: z.record(z.string(), z.instanceof(Buffer)).optional(),
    })
    .optional(),
});
type Answer = z.infer<typeof answerSchema>;

/** A driver connection whose socket is the test: it reads whatever `receive` gets as if a node had sent it. */
class TestConnection {
  readonly #connection: Connection;
  readonly #protocol = new Protocol({ objectMode: true });

  constructor() {
    const options = { ...defaultOptions(), pooling: { heartBeatInterval: 0 }, logEmitter: () => undefined };
    this.#connection = new Connection('127.0.0.1:9042', 4, options);
    const parser = new Parser({ objectMode: true }, this.#connection.encoder);
    const emitter = new ResultEmitter({ objectMode: true });
    emitter.on('result', this.#connection.handleResult.bind(this.#connection));
    emitter.on('frameEnded', this.#connection.freeStreamId.bind(this.#connection));
    this.#protocol.pipe(parser).pipe(emitter);
    this.#connection.parser = parser;
    this.#connection.writeQueue = { push: (_operation, callback) => callback() };
  }

  /** Sends a request with these query options. */
  ask(options: QueryOptions): { streamId: number; answer: Promise<Answer> } {
    let streamId = -1;
    const answer = new Promise<Answer>((resolve, reject) => {
      const execution = {
        getRowCallback: () => undefined,
        getReadTimeout: () => 0,
        getRawQueryOptions: () => options,
      };
      const operation = this.#connection.sendStream({}, execution, (error, result) =>
        error ? reject(error) : resolve(answerSchema.parse(result)),
      );
      streamId = operation.streamId;
    });
    return { streamId, answer };
  }

  receive(...chunks: readonly Buffer[]): void {
    for (const chunk of chunks) this.#protocol.write(chunk);
  }
}

async function undecodedAnswer(answer: Promise<Answer>): Promise<UndecodedRows> {
  const page = undecodedRows((await answer).rows);
  if (page === null) throw new Error('no undecoded rows');
  return page;
}

/** The body up to its last cell, without what follows. */
function bodyOf(page: UndecodedRows, cells: Buffer): string {
  return page.body.subarray(0, cells.length).toString('hex');
}

describe('the driver that this was written for', () => {
  it('is 4.10.0: for any other, reread lib/streams.js and lib/connection.js, then run this file', () => {
    expect(version).toBe('4.10.0');
  });
});

describe('an undecoded page', () => {
  it('has the cells as received, with the metadata read by the driver', async () => {
    const connection = new TestConnection();
    const { streamId, answer } = connection.ask(undecoded({}));
    const frame = rowsFrame(streamId, { ...THREE_ROWS, pagingState: Buffer.from('more') });
    connection.receive(frame);
    const page = await undecodedAnswer(answer);
    expect(page).toMatchObject({ rows: 3, frameBytes: frame.length - 9 });
    expect(page.body.toString('hex')).toBe(cellsOf(THREE_ROWS).toString('hex'));
    const { meta } = await answer;
    expect(meta?.columns.map(({ name }) => name)).toEqual(['id', 'name']);
    expect(meta?.pageState?.toString()).toBe('more');
  });

  it('starts with its own cells when other frames follow in the same chunk', async () => {
    const connection = new TestConnection();
    const [first, second] = [connection.ask(undecoded({})), connection.ask(undecoded({}))];
    connection.receive(
      Buffer.concat([rowsFrame(second.streamId, OTHER_ROWS), rowsFrame(first.streamId, THREE_ROWS), voidFrame(-1)]),
    );
    const [one, two] = [await undecodedAnswer(first.answer), await undecodedAnswer(second.answer)];
    expect([one.rows, bodyOf(one, cellsOf(THREE_ROWS))]).toEqual([3, cellsOf(THREE_ROWS).toString('hex')]);
    expect([two.rows, bodyOf(two, cellsOf(OTHER_ROWS))]).toEqual([1, cellsOf(OTHER_ROWS).toString('hex')]);
    // The chunk continues after the second frame's cells: only rows × columns cells may be read.
    expect(two.body.length).toBeGreaterThan(cellsOf(OTHER_ROWS).length);
  });

  it('is complete wherever its frame is cut in two, with another frame after it', async () => {
    const length = rowsFrame(0, THREE_ROWS).length;
    for (let cut = 1; cut < length; cut++) {
      const connection = new TestConnection();
      const [first, second] = [connection.ask(undecoded({})), connection.ask(undecoded({}))];
      const bytes = Buffer.concat([rowsFrame(first.streamId, THREE_ROWS), rowsFrame(second.streamId, OTHER_ROWS)]);
      connection.receive(bytes.subarray(0, cut), bytes.subarray(cut));
      const [one, two] = [await undecodedAnswer(first.answer), await undecodedAnswer(second.answer)];
      expect([cut, one.rows, bodyOf(one, cellsOf(THREE_ROWS))]).toEqual([cut, 3, cellsOf(THREE_ROWS).toString('hex')]);
      expect([cut, two.rows, bodyOf(two, cellsOf(OTHER_ROWS))]).toEqual([cut, 1, cellsOf(OTHER_ROWS).toString('hex')]);
    }
  });

  it('is complete when it arrives byte by byte', async () => {
    const connection = new TestConnection();
    const { streamId, answer } = connection.ask(undecoded({}));
    const frame = rowsFrame(streamId, THREE_ROWS);
    connection.receive(...Array.from(frame, (_, at) => frame.subarray(at, at + 1)));
    const page = await undecodedAnswer(answer);
    expect(page.body.toString('hex')).toBe(cellsOf(THREE_ROWS).toString('hex'));
  });

  it('starts after trace id, warnings and custom payload, which reach the result', async () => {
    const connection = new TestConnection();
    const { streamId, answer } = connection.ask(undecoded({}));
    const traceId = types.Uuid.random();
    const before = {
      traceId: traceId.getBuffer(),
      warnings: ['Read 5 live rows and 2000 tombstone cells', 'ü'],
      customPayload: { key: Buffer.from('value') },
    };
    connection.receive(rowsFrame(streamId, THREE_ROWS, before));
    const page = await undecodedAnswer(answer);
    expect(page.body.toString('hex')).toBe(cellsOf(THREE_ROWS).toString('hex'));
    const { flags } = await answer;
    expect(flags?.warnings).toEqual(before.warnings);
    expect(String(flags?.traceId)).toBe(String(traceId));
    expect(flags?.customPayload).toEqual({ key: Buffer.from('value') });
  });

  it.each([{ warnings: ['careful'] }, { traceId: Buffer.alloc(16, 7) }])('starts after only %o', async (before) => {
    const connection = new TestConnection();
    const { streamId, answer } = connection.ask(undecoded({}));
    connection.receive(rowsFrame(streamId, THREE_ROWS, before));
    expect((await undecodedAnswer(answer)).body.toString('hex')).toBe(cellsOf(THREE_ROWS).toString('hex'));
  });

  it('of no rows is empty, with its columns and paging state', async () => {
    const connection = new TestConnection();
    const { streamId, answer } = connection.ask(undecoded({}));
    const empty = { columns: COLUMNS, rows: [], pagingState: Buffer.from('go on') };
    connection.receive(Buffer.concat([rowsFrame(streamId, empty), voidFrame(-1)]));
    const result = await answer;
    expect(undecodedRows(result.rows)).toBeNull();
    expect(result.meta?.columns).toHaveLength(2);
    expect(result.meta?.pageState?.toString()).toBe('go on');
  });
});

describe('besides undecoded pages', () => {
  it('requests without the option are decoded by the driver as usual', async () => {
    const connection = new TestConnection();
    const marked = connection.ask(undecoded({ fetchSize: 10 }));
    const plain = connection.ask({ fetchSize: 10 });
    const [own, theirs] = [rowsFrame(marked.streamId, THREE_ROWS), rowsFrame(plain.streamId, OTHER_ROWS)];
    const bytes = Buffer.concat([own, theirs]);
    connection.receive(bytes.subarray(0, own.length + 12), bytes.subarray(own.length + 12));
    expect((await undecodedAnswer(marked.answer)).rows).toBe(3);
    const { rows } = await plain.answer;
    expect(rows?.map((row) => Object.entries(row ?? {}))).toEqual([
      [
        ['id', 77],
        ['name', 'seventy-seven'],
      ],
    ]);
    expect(() => undecodedRows(rows)).toThrow(/not version 4\.10\.0/);
  });

  it('a stream id is free for decoded rows once its undecoded page has arrived', async () => {
    const connection = new TestConnection();
    const marked = connection.ask(undecoded({}));
    connection.receive(rowsFrame(marked.streamId, THREE_ROWS));
    await marked.answer;
    const plain = connection.ask({});
    expect(plain.streamId).toBe(marked.streamId);
    connection.receive(rowsFrame(plain.streamId, OTHER_ROWS));
    expect(Object.values((await plain.answer).rows?.[0] ?? {})).toEqual([77, 'seventy-seven']);
  });

  it('writes and errors work as usual', async () => {
    const connection = new TestConnection();
    const [write, failing] = [connection.ask(undecoded({})), connection.ask(undecoded({}))];
    connection.receive(Buffer.concat([voidFrame(write.streamId), errorFrame(failing.streamId, 0x2000, 'line 1:7 no')]));
    expect(undecodedRows((await write.answer).rows)).toBeNull();
    await expect(failing.answer).rejects.toThrow('line 1:7 no');
  });
});
