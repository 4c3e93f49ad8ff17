import { describe, expect, it } from 'vitest';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { typedNote, typedValue } from './typed-value';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });

describe('a value typed with the quotes of CQL', () => {
  it('is refused with the way out where the quotes alone are wrong', () => {
    expect(typedValue("'2001-01-09'", native('date'))).toEqual({ problem: 'leave out the quotes: 2001-01-09' });
    expect(typedValue('2001-01-09', native('date'))).toEqual({ value: '2001-01-09' });
    expect(typedValue("'tomorrow'", native('date'))).toMatchObject({ problem: expect.not.stringContaining('quotes') });
  });

  it('keeps them in a text, and says so', () => {
    expect(typedValue("'SEA'", native('text'))).toEqual({ value: "'SEA'" });
    expect(typedNote("'it''s'", native('text'))).toBe(
      "the quotes are part of the value; for the text it's leave them out",
    );
    expect(typedNote('SEA', native('text'))).toBeNull();
  });
});

describe('a value that can be typed in several ways', () => {
  it('is shown as it was understood', () => {
    expect(typedNote('2001-01-09 06:10+01:00', native('timestamp'))).toBe('= 2001-01-09T05:10:00.000Z');
    expect(typedNote('7', native('int'))).toBeNull();
    expect(typedNote('1, x', native('int'), true)).toBeNull();
  });
});
