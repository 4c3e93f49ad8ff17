import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualifiedName, quoteAlways, quoteIdentifier, RESERVED_WORDS, unquoteIdentifier } from './identifiers';
import { tokenize } from './lexer';

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const anyText = fc.string({ unit, minLength: 1 });

describe('quoteIdentifier', () => {
  it('quotes only what needs it', () => {
    expect(quoteIdentifier('day_1')).toBe('day_1');
    for (const name of ['Day', '1day', '_day', 'a b', 'ä', '', 'a"b', 'select', 'token', 'true']) {
      expect(quoteIdentifier(name)).toBe(quoteAlways(name));
    }
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
  });

  it('is read back as the same name from one token', () => {
    const name = fc.oneof(anyText, fc.constantFrom(...RESERVED_WORDS), fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]*$/));
    fc.assert(
      fc.property(name, (wanted) => {
        const quoted = quoteIdentifier(wanted);
        expect(tokenize(quoted)).toHaveLength(1);
        expect(unquoteIdentifier(quoted)).toBe(wanted);
      }),
    );
  });
});

describe('unquoteIdentifier', () => {
  it('folds unquoted names and leaves quoted ones alone', () => {
    expect(unquoteIdentifier('MyTable')).toBe('mytable');
    expect(unquoteIdentifier('"MyTable"')).toBe('MyTable');
    expect(unquoteIdentifier('"a""b"')).toBe('a"b');
  });
});

describe('qualifiedName', () => {
  it('quotes both parts', () => {
    expect(qualifiedName('ks', 'Table')).toBe('ks."Table"');
    expect(qualifiedName(undefined, 'order')).toBe('"order"');
  });
});
