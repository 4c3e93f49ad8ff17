import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBytes } from './bytes';
import { type FileFrame, FileFrameParser } from './file-frames';
import { ApiFailure } from './http';

const encoder = new TextEncoder();

function frame(type: string, content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const body = typeof content === 'string' ? encoder.encode(content) : content;
  const bytes = new Uint8Array(5 + body.length);
  bytes[0] = type.charCodeAt(0);
  new DataView(bytes.buffer).setUint32(1, body.length);
  bytes.set(body, 5);
  return bytes;
}

/** Everything the frames say, with runs of bytes joined. */
function said(frames: Iterable<FileFrame>): string[] {
  const out: string[] = [];
  let text = '';
  for (const part of frames) {
    if (part.kind === 'bytes') text += new TextDecoder('latin1').decode(part.bytes);
    else out.push(text, JSON.stringify(part));
    if (part.kind !== 'bytes') text = '';
  }
  return text === '' ? out : [...out, text];
}

describe('the frames of a download', () => {
  const whole = joinBytes([
    frame('F', 'a,b\r\n'),
    frame('F', ''),
    frame('C', 'check-\u00e9'),
    frame('F', '1,2\r\n'),
    frame('Z', '{"rows":1,"bytes":10}'),
  ]);
  const expected = [
    'a,b\r\n',
    '{"kind":"checkpoint","checkpoint":"check-\u00e9"}',
    '1,2\r\n',
    '{"kind":"end","rows":1,"bytes":10}',
  ];

  it('are the same however the network cuts them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 12 }), (places) => {
        const cuts = [0, ...places.toSorted((a, b) => a - b), whole.length];
        const parser = new FileFrameParser();
        const frames = cuts.slice(1).flatMap((end, i) => [...parser.push(whole.slice(cuts[i], end))]);
        expect(said(frames)).toEqual(expected);
      }),
    );
  });

  it('pass the file on without waiting for the end of a frame', () => {
    const parser = new FileFrameParser();
    expect(said(parser.push(frame('F', 'abcdef').slice(0, 8)))).toEqual(['abc']);
  });

  it('throw the error that the response carries', () => {
    const error = { code: 'read_timeout', message: 'Too slow.', retryable: true };
    expect(() => [...new FileFrameParser().push(frame('E', JSON.stringify(error)))]).toThrow('Too slow.');
  });

  it.each([
    ['an HTML page', encoder.encode('<!DOCTYPE html><html>')],
    ['a checkpoint longer than allowed', new Uint8Array([0x43, 0xff, 0, 0, 0])],
    ['a malformed end', frame('Z', '{"rows":"1"}')],
  ])('refuse %s', (_, bytes) => {
    expect(() => [...new FileFrameParser().push(bytes)]).toThrow(ApiFailure);
  });
});
