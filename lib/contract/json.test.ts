import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonText, parseJson } from './json';

describe('values as JSON', () => {
  it('come back as they were, -0 too', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(value);
      }),
    );
    const body = { at: [-0, { ratio: -0 }], none: undefined, from: null, text: '-0' };
    expect(jsonText(body)).toBe('{"at":[-0,{"ratio":-0}],"from":null,"text":"-0"}');
    expect(parseJson(jsonText(-0))).toBe(-0);
  });

  it('are what JSON.stringify writes, apart from -0', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(
          !JSON.stringify([value], (_, part) => (Object.is(part, -0) ? 'minus zero' : part)).includes('minus zero'),
        );
        expect(jsonText(value)).toBe(JSON.stringify(value));
      }),
    );
    expect(jsonText([undefined, 1])).toBe('[null,1]');
  });
});
