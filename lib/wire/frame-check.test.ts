import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorFrame, header, INT, int32, rawFrame, rowsFrame, string, TEXT } from '@/lib/cassandra/client/test-frames';
import { checkFrame, FrameError, HEADER_BYTES, HeaderWatch } from './frame-check';
import { RECORDED } from './test-recorded-frames';

/** The verdict on a frame: null if it passes, otherwise what is wrong with it. */
function faultOf(frame: Buffer, isDecoded = true): string | null {
  const body = frame.subarray(HEADER_BYTES);
  const head = {
    version: (frame[0] ?? 0) & 0x7f,
    flags: frame[1] ?? 0,
    streamId: frame.readInt16BE(2),
    opcode: frame[4] ?? 0,
    bodyLength: body.length,
  };
  try {
    checkFrame(head, body, isDecoded);
    return null;
  } catch (error) {
    if (error instanceof FrameError) return error.message;
    throw error;
  }
}

const LIMIT = 1000;
const GOOD = [
  rowsFrame(1, { columns: [{ name: 'a', type: INT }], rows: [[int32(7)]] }),
  errorFrame(2, 0x2000, 'line 1:7 no'),
  rawFrame('supported', 3, Buffer.from([0, 0])),
];

describe('headers', () => {
  it('are followed wherever the chunks are cut', () => {
    const stream = Buffer.concat(GOOD);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
        const watch = new HeaderWatch(LIMIT);
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        for (const [at, from] of places.entries()) watch.see(stream.subarray(from, places[at + 1] ?? stream.length));
      }),
    );
  });

  it('that announce too much are refused at their last byte, and not before', () => {
    const stream = Buffer.concat([...GOOD, header(4, 0x08, LIMIT + 1)]);
    for (let size = 1; size < 12; size++) {
      const watch = new HeaderWatch(LIMIT);
      const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, at) =>
        stream.subarray(at * size, Math.min((at + 1) * size, stream.length)),
      );
      for (const piece of pieces.slice(0, -1)) watch.see(piece);
      expect(() => watch.see(pieces.at(-1) ?? Buffer.alloc(0))).toThrow('announces 1,001 bytes; at most 1,000');
    }
  });

  it('are refused at the first byte if no response starts with it', () => {
    expect(() => new HeaderWatch(LIMIT).see(Buffer.from('S'))).toThrow('starts with 0x53');
    expect(() => new HeaderWatch(LIMIT).see(Buffer.from([0x04]))).toThrow('starts with 0x04');
    expect(() => new HeaderWatch(LIMIT).see(Buffer.from([0x82]))).toThrow('starts with 0x82');
  });
});

describe('frames that real nodes sent', () => {
  it.each(RECORDED)('$name passes', ({ frame }) => {
    expect(faultOf(frame)).toBeNull();
    expect(() => new HeaderWatch(frame.length).see(frame)).not.toThrow();
  });

  // For a prepared statement the driver reads the markers and ignores the columns of its result.
  it.each(RECORDED.filter(({ name }) => name !== 'a prepared statement'))(
    '$name is refused wherever it is cut off',
    ({ frame }) => {
      for (let length = HEADER_BYTES; length < frame.length; length++) {
        expect([length, faultOf(frame.subarray(0, length))]).not.toEqual([length, null]);
      }
    },
  );
});

describe('answers', () => {
  it('of DDL with a long signature pass', () => {
    const change = [
      string('CREATED'),
      string('FUNCTION'),
      string('ks'),
      string('f'),
      Buffer.from([0, 1]),
      string('int'),
    ];
    expect(faultOf(rawFrame('result', 1, int32(5), ...change))).toBeNull();
    expect(faultOf(rawFrame('event', -1, string('SCHEMA_CHANGE'), ...change))).toBeNull();
  });

  it('that are not decoded are only counted', () => {
    const rows = rawFrame(
      'result',
      1,
      ...[int32(2), int32(1), int32(1), string('ks'), string('t'), string('v'), Buffer.from([0, TEXT]), int32(1)],
      int32(500),
    );
    expect(faultOf(rows)).toMatch(/500 bytes for a cell/);
    expect(faultOf(rows, false)).toBeNull();
  });
});
