import { Client, defaultOptions, policies, version } from 'cassandra-driver';
import Connection from 'cassandra-driver/lib/connection.js';
import { Parser } from 'cassandra-driver/lib/streams.js';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkFrame, FrameError, HEADER_BYTES } from '@/lib/wire/frame-check';
import { RECORDED } from '@/lib/wire/test-recorded-frames';
import { toFailure } from './errors';
import { boundFrames } from './frame-bounds';
import { cell, errorFrame, FLAGS, header, INT, int32, rawFrame, short, string, TEXT, voidFrame } from './test-frames';
import { announced, type Peer, type PeerAnswer, type PeerRequest, startPeer } from './test-hostile-peer';
import { undecoded, undecodedRows } from './undecoded';

/** How much memory a test may use; the frames below announce 30 to 8,000,000 times as much. */
const MEMORY_BOUND_BYTES = 64 * 1024 * 1024;
const MAX_FRAME_BYTES = 1024 * 1024;

const ROWS = int32(2);
const GLOBAL = [int32(1), int32(1), string('ks'), string('t'), string('v')];
const LIST = 0x20;
const MAP = 0x21;
const TUPLE = 0x31;
const UDT = 0x30;

const opened: { peers: Peer[]; clients: Client[] } = { peers: [], clients: [] };

afterEach(async () => {
  await Promise.all(opened.clients.splice(0).map((client) => client.shutdown()));
  await Promise.all(opened.peers.splice(0).map((peer) => peer.stop()));
});

async function peerThat(answer: (request: PeerRequest) => PeerAnswer): Promise<Peer> {
  const peer = await startPeer(answer);
  opened.peers.push(peer);
  return peer;
}

function clientOf(peer: Peer): Client {
  const client = new Client(
    boundFrames(
      {
        contactPoints: [peer.contactPoint],
        policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
        isMetadataSyncEnabled: false,
        pooling: { warmup: false },
        socketOptions: { connectTimeout: 2_000, readTimeout: 2_000 },
      },
      MAX_FRAME_BYTES,
    ),
  );
  opened.clients.push(client);
  return client;
}

/** A client of a node that behaves until it is asked for something hostile. */
async function connected(hostile: (streamId: number) => PeerAnswer): Promise<{ peer: Peer; client: Client }> {
  const peer = await peerThat(({ text, streamId }) => (text.includes('hostile') ? hostile(streamId) : 'as a node'));
  const client = clientOf(peer);
  await client.connect();
  return { peer, client };
}

async function failureOf(run: Promise<unknown>) {
  return toFailure(
    await run.then(
      () => new Error('it did not fail'),
      (error: unknown) => error,
    ),
  ).error;
}

/** Events are counted by the second, and a busy machine may need longer for them. */
async function withinASecond<T>(run: () => Promise<T>): Promise<T> {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  try {
    return await run();
  } finally {
    clock.mockRestore();
  }
}

/** How many rows a well-behaved read returns; 0 while there is no connection yet. */
function localRows(client: Client): Promise<number> {
  return client.execute('SELECT * FROM system.local').then(
    ({ rowLength }) => rowLength,
    () => 0,
  );
}

const usedBytes = () => process.memoryUsage().heapUsed + process.memoryUsage().external;

/** A column of nested tuples; each level is four bytes. */
const nested = (levels: number) => Buffer.concat(Array.from({ length: levels }, () => [short(TUPLE), short(1)]).flat());

/** Frames that a node never sends, with the expected failures. */
const HOSTILE: readonly [string, (streamId: number) => Buffer, RegExp][] = [
  [
    'two billion rows of no columns',
    (id) => rawFrame('result', id, ROWS, int32(1), int32(0), string('ks'), string('t'), int32(2_000_000_000)),
    /announces 2,000,000,000 rows where 0 bytes are left/,
  ],
  [
    'two billion rows',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, short(INT), int32(2_000_000_000), cell(int32(1))),
    /announces 2,000,000,000 rows where 8 bytes are left/,
  ],
  [
    'a negative number of rows',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, short(INT), int32(-5)),
    /announces -5 rows/,
  ],
  ['a header of 2 GB', (id) => announced(id, 2_147_483_647), /announces 2,147,483,647 bytes; at most 1,048,576/],
  ['a header of 4 GB', (id) => announced(id, 0xffff_ffff), /announces 4,294,967,295 bytes; at most 1,048,576/],
  ['a compressed frame', (id) => header(id, 0x08, 4, 0x01), /compressed/],
  ['an unknown opcode', (id) => header(id, 0x77, 0), /opcode 0x77/],
  ['text', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /starts with 0x48/],
  ['a response to nobody', () => voidFrame(1234), /stream 1234, on which nothing was asked/],
  ['a response on stream −1', () => voidFrame(-1), /stream -1, on which nothing was asked/],
  ['an event on a request’s stream', (id) => rawFrame('event', id, string('X')), /events come on stream −1/],
  [
    'two billion columns',
    (id) => rawFrame('result', id, ROWS, int32(1), int32(2_000_000_000), string('ks'), string('t')),
    /announces 2,000,000,000 columns/,
  ],
  [
    'thirty million columns',
    (id) => rawFrame('result', id, ROWS, int32(1), int32(30_000_000), string('ks'), string('t')),
    /announces 30,000,000 columns/,
  ],
  [
    'types nested 50,000 deep',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, nested(50_000), short(INT), int32(0)),
    /nested more than 100 deep/,
  ],
  [
    'nested tuples of 65,535 elements',
    (id) =>
      rawFrame(
        'result',
        id,
        ROWS,
        ...GLOBAL,
        ...Array.from({ length: 90 }, () => [short(TUPLE), short(65_535)]).flat(),
      ),
    /elements of a tuple/,
  ],
  [
    'a user-defined type with more fields than bytes',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, short(UDT), string('ks'), string('u'), short(65_535)),
    /announces 65,535 fields of a type where 0 bytes are left/,
  ],
  [
    'a list of two billion elements',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, short(LIST), short(INT), int32(1), cell(int32(2_000_000_000))),
    /announces 2,000,000,000 elements/,
  ],
  [
    'a map whose key has −2 bytes',
    (id) =>
      rawFrame(
        'result',
        id,
        ...[ROWS, ...GLOBAL, short(MAP), short(INT), short(INT), int32(1)],
        cell(Buffer.concat([int32(1), int32(-2), int32(-2)])),
      ),
    /an element of -2 bytes/,
  ],
  [
    'a vector of two billion dimensions',
    (id) =>
      rawFrame(
        'result',
        id,
        ...[ROWS, ...GLOBAL, short(0)],
        string('org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.UTF8Type, 2000000000)'),
        ...[int32(1), cell(Buffer.from([0]))],
      ),
    /announces 2,000,000,000 elements of a vector/,
  ],
  [
    'a cell longer than its frame',
    (id) => rawFrame('result', id, ROWS, ...GLOBAL, short(TEXT), int32(1), int32(500)),
    /announces 500 bytes for a cell where 0 are left/,
  ],
  [
    'a cell that ends in the next frame',
    (id) =>
      Buffer.concat([
        rawFrame('result', id, ROWS, ...GLOBAL, short(TEXT), int32(1), int32(9), Buffer.from('1234')),
        voidFrame(-1),
      ]),
    /announces 9 bytes for a cell where 4 are left/,
  ],
  [
    'more pages without a paging state',
    (id) => rawFrame('result', id, ROWS, int32(3), int32(1), int32(-1), ...GLOBAL.slice(2), short(INT), int32(0)),
    /no paging state/,
  ],
  [
    'metadata that was not requested',
    (id) => rawFrame('result', id, ROWS, int32(0x4000_0009), int32(1)),
    /has the flags 0x40000009/,
  ],
  ['a result of an unknown kind', (id) => rawFrame('result', id, int32(77)), /result of kind 77/],
  ['a result of nothing', (id) => rawFrame('result', id), /announces 4 bytes for a result’s kind where 0 are left/],
  [
    '65,535 warnings in a few bytes',
    (id) => Buffer.concat([header(id, 0x08, 4, FLAGS.warning), short(65_535), short(0)]),
    /announces 65,535 warnings/,
  ],
  [
    'a custom payload of 65,535 entries',
    (id) => Buffer.concat([header(id, 0x08, 2, FLAGS.customPayload), short(65_535)]),
    /entries of a custom payload/,
  ],
  ['half a trace id', (id) => Buffer.concat([header(id, 0x08, 3, FLAGS.tracing), Buffer.alloc(3)]), /a trace’s id/],
  [
    'an error whose text is longer than it',
    (id) => rawFrame('error', id, int32(0x2000), short(65_535), Buffer.from('x')),
    /announces 65,535 bytes for an error’s text where 1 are left/,
  ],
  ['an error of 2 MB', (id) => header(id, 0x00, 2 * 1024 * 1024), /announces 2,097,152 bytes; at most 1,048,576/],
  ['half an unavailable error', (id) => rawFrame('error', id, int32(0x1000), string('no')), /an error’s details/],
  [
    'options of 65,535 entries',
    (id) => rawFrame('supported', id, short(65_535), string('A')),
    /announces 65,535 options/,
  ],
  [
    'an option of 65,535 values',
    (id) => rawFrame('supported', id, short(1), string('A'), short(65_535)),
    /announces 65,535 values of an option/,
  ],
  [
    'an event from an address of 200 bytes',
    () => rawFrame('event', -1, string('STATUS_CHANGE'), string('UP'), Buffer.from([200, 1, 2, 3])),
    /an address of 200 bytes/,
  ],
  [
    'an event of half a schema change',
    () => rawFrame('event', -1, string('SCHEMA_CHANGE'), string('CREATED')),
    /a schema change/,
  ],
  ['an empty authentication challenge', (id) => rawFrame('authChallenge', id), /an authentication token/],
  [
    'a flood of events',
    () => Buffer.concat(Array.from({ length: 10_001 }, () => rawFrame('event', -1, string('NEWS')))),
    /more than 10000 events within a second/,
  ],
];

describe('the driver that this was written for', () => {
  it('is 4.10.0: for any other, reread lib/streams.js, readers.js and connection.js, then run this file', () => {
    expect(version).toBe('4.10.0');
  });
});

describe('a node that answers with', () => {
  it.each(HOSTILE)('%s is refused, and says so', async (_name, hostile, says) => {
    const { peer, client } = await connected(hostile);
    const before = usedBytes();
    const failure = await withinASecond(() => failureOf(client.execute('SELECT hostile')));
    expect(failure).toMatchObject({ code: 'malformed_response', retryable: false });
    expect(failure.message).toMatch(says);
    expect(failure.message).toContain(peer.contactPoint);
    expect(usedBytes() - before).toBeLessThan(MEMORY_BOUND_BYTES);
    // Its other requests go on, over a new connection.
    await expect.poll(() => localRows(client)).toBe(1);
    // The old one is closed on both sides a little later.
    await peer.closed(1);
    expect(peer.openSockets()).toBe(1);
  });

  it.each(HOSTILE)('%s at the first greeting is no cluster', async (_name, hostile, says) => {
    const peer = await peerThat(({ kind, streamId }) => (kind === 'startup' ? hostile(streamId) : 'as a node'));
    const failure = await withinASecond(() => failureOf(clientOf(peer).connect()));
    expect(failure).toMatchObject({ code: 'malformed_response' });
    expect(`${failure.message} ${failure.detail}`).toMatch(says);
    await peer.closed(0);
  });

  it('more values than memory holds as objects is refused where they would be decoded, and read where not', async () => {
    // A column of nulls, which are four bytes of ones each.
    const rows = 5_000_000;
    const metadata = [ROWS, ...GLOBAL, short(INT), int32(rows)];
    const peer = await peerThat(({ text, streamId }) =>
      text.includes('hostile') ? rawFrame('result', streamId, ...metadata, Buffer.alloc(4 * rows, 0xff)) : 'as a node',
    );
    const client = new Client(
      boundFrames({ contactPoints: [peer.contactPoint], localDataCenter: 'dc1', isMetadataSyncEnabled: false }),
    );
    opened.clients.push(client);
    expect((await failureOf(client.execute('SELECT hostile'))).message).toMatch(/more than 4,194,304 values/);
    await expect.poll(() => localRows(client)).toBe(1);
    const page = await client.execute('SELECT hostile', [], undecoded({}));
    expect(undecodedRows(page.rows)?.rows).toBe(rows);
  });
});

describe('a node that', () => {
  it('closes the socket in the middle of a frame is one that is gone', async () => {
    const { client } = await connected((id) => ({ thenClose: announced(id, 1000) }));
    expect(await failureOf(client.execute('SELECT hostile'))).toMatchObject({ code: 'cluster_unreachable' });
  });

  it('stops in the middle of a frame is waited for as long as a node that is silent', async () => {
    const { client } = await connected((id) => announced(id, 1000));
    expect(await failureOf(client.execute('SELECT hostile'))).toMatchObject({ code: 'request_timeout' });
  });

  it('challenges a login for ever is refused', async () => {
    const peer = await peerThat(({ kind, streamId }) => {
      if (kind === 'startup') return rawFrame('authenticate', streamId, string('Endless'));
      return kind === 'authResponse' ? rawFrame('authChallenge', streamId, cell(Buffer.from('?'))) : 'as a node';
    });
    const client = clientOf(peer);
    Reflect.set(Reflect.get(client, 'options'), 'authProvider', {
      newAuthenticator: () => ({
        initialResponse: (answer: (error: null, token: Buffer) => void) => answer(null, Buffer.from('!')),
        evaluateChallenge: (_token: Buffer, answer: (error: null, token: Buffer) => void) =>
          answer(null, Buffer.from('!')),
        onAuthenticationSuccess: () => undefined,
      }),
    });
    expect((await failureOf(client.connect())).message).toMatch(/17th challenge of one login/);
  });

  it('cannot be read from keeps no socket', async () => {
    const peer = await peerThat(({ kind, streamId }) =>
      kind === 'query' ? errorFrame(streamId, 0x0000, 'out of order') : 'as a node',
    );
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await failureOf(clientOf(peer).connect())).detail).toContain('out of order');
    }
    await peer.closed(0);
  });

  it('violates the protocol fails the request that it answers; others on the connection learn why', async () => {
    let first = -1;
    const peer = await peerThat(({ text, streamId }) => {
      if (text.includes('waits')) {
        first = streamId;
        return 'silence';
      }
      return text.includes('hostile') ? announced(streamId, 2_000_000_000) : 'as a node';
    });
    const client = clientOf(peer);
    await client.connect();
    const waiting = failureOf(client.execute('SELECT waits'));
    await expect.poll(() => first).toBeGreaterThanOrEqual(0);
    await failureOf(client.execute('SELECT hostile'));
    expect((await waiting).message).toMatch(/announces 2,000,000,000 bytes/);
  });
});

/** How the driver's parser handles a frame that passed the check: how many items, and what it threw. */
function parse(frame: Buffer): { items: number; thrown: unknown } {
  const options = { ...defaultOptions(), logEmitter: () => undefined };
  const { encoder } = new Connection(PEER, 4, options);
  const parser = new Parser({ objectMode: true }, encoder);
  let [items, thrown]: [number, unknown] = [0, null];
  parser.on('error', (error) => {
    thrown = error;
  });
  parser.on('data', () => items++);
  parser.write({ header: headOf(frame), chunk: frame, offset: HEADER_BYTES, frameEnded: true });
  return { items, thrown };
}

const PEER = '127.0.0.51:1';

function headOf(frame: Buffer) {
  const bodyLength = frame.length - HEADER_BYTES;
  const [first = 0, flags = 0] = frame;
  return { version: first & 0x7f, flags, streamId: frame.readInt16BE(2), opcode: frame[4] ?? 0, bodyLength };
}

/** Replaces some bytes of a frame with numbers that break counts and lengths. */
const mutation = fc.record({
  recorded: fc.constantFrom(...RECORDED),
  keep: fc.double({ min: 0, max: 1, noNaN: true }),
  changes: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.constantFrom(
          int32(2_147_483_647),
          int32(-1),
          int32(-2),
          int32(65_536),
          short(65_535),
          short(0x31),
          short(0),
        ),
      ),
    }),
    { maxLength: 5 },
  ),
});

describe('a frame of a real node with bytes changed', () => {
  it('is refused, or read by the driver without an exception and with no more items than bytes', () => {
    fc.assert(
      fc.property(mutation, ({ recorded, keep, changes }) => {
        const whole = Buffer.from(recorded.frame);
        for (const { at, bytes } of changes) whole.set(bytes.subarray(0, 4), 5 + Math.floor(at * (whole.length - 9)));
        const frame =
          keep < 0.7 ? whole : whole.subarray(0, HEADER_BYTES + Math.floor(keep * (whole.length - HEADER_BYTES)));
        try {
          checkFrame(headOf(frame), frame.subarray(HEADER_BYTES), true);
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError);
          return;
        }
        const { items, thrown } = parse(frame);
        expect(thrown).toBeNull();
        expect(items).toBeLessThanOrEqual(frame.length);
      }),
      { numRuns: 5_000 },
    );
  });
});
