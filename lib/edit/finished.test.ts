import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import { draftOf, typedDraft } from './draft';
import { finished, keyProblem, readDelta } from './finished';

const column = (type: string, kind: ColumnShape['kind'] = 'regular'): ColumnShape => ({
  name: 'v',
  type: parseCqlType(type),
  kind,
  clusteringOrder: 'none',
});

describe('a draft that is done', () => {
  it('is an edit where it changes something', () => {
    expect(finished(column('int'), 1, typedDraft('2'))).toEqual({ edit: { set: 2 } });
    expect(finished(column('int'), 1, typedDraft(' 1'))).toEqual({ edit: null });
    expect(finished(column('int'), 1, { as: 'null' })).toEqual({ edit: { set: null } });
    expect(finished(column('int'), 1, typedDraft('x'))).toMatchObject({
      problem: expect.stringMatching('expected int'),
    });
  });

  it('of an unset column is a value, also null', () => {
    expect(finished(column('text'), undefined, typedDraft(''))).toEqual({ edit: { set: '' } });
    expect(finished(column('text'), undefined, { as: 'null' })).toEqual({ edit: { set: null } });
    expect(finished(column('text'), undefined, { as: 'unset' })).toEqual({ edit: null });
  });

  it('of a key is never null', () => {
    expect(finished(column('text', 'clustering'), 'a', { as: 'null' })).toMatchObject({
      problem: 'a key column cannot be null',
    });
  });

  it.each([
    ['text', '', true],
    ['blob', '0x', true],
    ['int', '', true],
    ['text', '', false],
    ['text', ' ', true],
    ['frozen<list<int>>', [], true],
  ] as const)('of a key: %s %j as the whole partition key, %s', (type, value, isAlone) => {
    const isEmpty = isAlone && (value === '' || value === '0x');
    const wanted = isEmpty ? 'Cassandra has no partition with an empty key: type a value' : null;
    expect(keyProblem(column(type, 'partition_key'), value, isAlone)).toBe(wanted);
  });

  it('of a key fits into 65,535 bytes, and is there', () => {
    const text = column('text', 'clustering');
    expect(keyProblem(text, 'é'.repeat(32_768), false)).toBe(
      'a key column holds at most 65,535 bytes, and this has 65,536',
    );
    expect(keyProblem(text, 'x'.repeat(65_535), false)).toBeNull();
    expect([undefined, null].map((value) => keyProblem(text, value, false))).toEqual([
      'a value is missing',
      'a value is missing',
    ]);
  });

  it('says of a stored value that cannot be written what is wrong, and leaves it where nothing changed', () => {
    const list = column('frozen<list<int>>');
    const stored: JsonValue = [null];
    expect(finished(list, stored, draftOf(stored, list.type))).toMatchObject({ problem: 'a list cannot hold null' });
  });
});

describe('what is added to a counter', () => {
  it.each([
    ['+5', '10', 5n, 15n],
    ['-15', '10', -15n, -5n],
    ['− 3', null, -3n, -3n],
    ['+9007199254740993', '0', 9007199254740993n, 9007199254740993n],
    ['+1', '9223372036854775806', 1n, 9223372036854775807n],
  ])('%s to %s', (text, value, by, sum) => {
    expect(readDelta(text, value)).toEqual({ by, sum });
  });

  it.each([
    ['5', '10', /cannot be set, only changed: write \+5 or -5/],
    ['= 5', '10', /cannot be set, only changed: write \+5 or -5/],
    ['five', '10', /expected \+ or -/],
    ['+1.5', '10', /expected \+ or -/],
    ['+1', '9223372036854775807', /64 bits/],
    ['+9223372036854775808', null, /64 bits/],
  ])('is not %s to %s', (text, value, problem) => {
    expect(readDelta(text, value)).toEqual({ problem: expect.stringMatching(problem) });
  });

  it('is committed as such, and nothing is no change', () => {
    expect(finished(column('counter'), '7', typedDraft('+5'))).toEqual({ edit: { by: '5' } });
    expect(finished(column('counter'), '7', typedDraft('-0'))).toEqual({ edit: null });
    expect(finished(column('counter'), '7', typedDraft(''))).toEqual({ edit: null });
    expect(finished(column('counter'), undefined, typedDraft('-2'))).toEqual({ edit: { by: '-2' } });
  });
});
