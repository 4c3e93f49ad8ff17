import { describe, expect, it } from 'vitest';
import { INHERITED_NAMES } from '../test-names';
import { sameOrNext } from './query-data';

describe('data that is fetched again', () => {
  it('is the same object while nothing has changed', () => {
    const previous = { nodes: [{ name: 'a' }], asOf: 1 };
    expect(sameOrNext(previous, structuredClone(previous))).toBe(previous);
    expect(sameOrNext(undefined, previous)).toBe(previous);
  });

  it.each(INHERITED_NAMES)('keeps a field named %s', (name) => {
    const answer = (value: number): unknown => JSON.parse(`{${JSON.stringify(name)}:${value},"other":0}`);
    const next = answer(2);
    expect(sameOrNext(answer(1), next)).toBe(next);
    expect(sameOrNext(JSON.parse('{"other":0}'), next)).toBe(next);
  });
});
