import { describe, expect, it } from 'vitest';
import { parseCqlType } from '../cql/type-text';
import { offered } from './seen-values';

const TEXT = parseCqlType('text');
const STATES = ['on time', 'late', 'cancelled', null, '', 'late, snow'];

describe('values seen in the column', () => {
  it('are offered by their beginning first, the most frequent first', () => {
    expect(offered(STATES, '', TEXT)).toEqual(['on time', 'late', 'cancelled', 'late, snow']);
    expect(offered(STATES, 'LA', TEXT)).toEqual(['late', 'late, snow']);
    expect(offered(STATES, 'n', TEXT)).toEqual(['on time', 'cancelled', 'late, snow']);
  });

  it('are not offered where one is typed, or none fits', () => {
    expect(offered(STATES, 'cancelled', TEXT)).toEqual([]);
    expect(offered(STATES, 'diverted', TEXT)).toEqual([]);
    expect(offered([true, false], '', parseCqlType('boolean'))).toEqual([]);
    expect(offered([[1]], '', parseCqlType('list<int>'))).toEqual([]);
    expect(offered(['a\nb', 'x'.repeat(300)], '', TEXT)).toEqual([]);
  });

  it('are exact, and no list of everything', () => {
    expect(offered(['9007199254740993'], '9', parseCqlType('bigint'))).toEqual(['9007199254740993']);
    const many = Array.from({ length: 100 }, (_, at) => at);
    expect(offered(many, '1', parseCqlType('int'))).toEqual([]);
    expect(offered(many.map(String), '1', TEXT)).toHaveLength(8);
  });
});
