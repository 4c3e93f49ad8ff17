import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INHERITED_NAMES } from '../test-names';
import { withEqualParts } from './query-data';

describe('an answer that comes again', () => {
  it('is the one that was there, in all that did not change', () => {
    const previous = { nodes: [{ name: 'a' }, { name: 'b' }], asOf: 1 };
    expect(withEqualParts(previous, structuredClone(previous))).toBe(previous);
    expect(withEqualParts(previous, { nodes: [{ name: 'a' }, { name: 'c' }], asOf: 1 })).toSatisfy(
      (shared: typeof previous) => shared.nodes[0] === previous.nodes[0] && shared.nodes[1]?.name === 'c',
    );
  });

  it.each(INHERITED_NAMES)('keeps what is named %s', (name) => {
    const answer = (value: number) => JSON.parse(`{${JSON.stringify(name)}:${value},"other":0}`);
    const shared = withEqualParts(answer(1), answer(2));
    expect(JSON.stringify(shared)).toBe(JSON.stringify(answer(2)));
    expect(JSON.stringify(withEqualParts(JSON.parse('{"other":0}'), answer(1)))).toBe(JSON.stringify(answer(1)));
  });

  it('is exactly what came last, whatever was there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (previous, next) => {
        expect(JSON.stringify(withEqualParts(previous, next))).toBe(JSON.stringify(next));
      }),
    );
  });
});
