import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import { parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { readGolden } from '@/lib/wire/golden';
import { randomFullBytes, randomType } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';
import {
  type Draft,
  draftOf,
  fitsOneLine,
  inForm,
  isNestedType,
  literalDraft,
  newDraft,
  readDraft,
  typedDraft,
  withNewPart,
} from './draft';
import { formsOf } from './draft-text';

const UDTS: UdtLookup = (_keyspace, name) =>
  name === 'address'
    ? [
        { name: 'street', type: parseCqlType('text') },
        { name: 'no', type: parseCqlType('int') },
      ]
    : undefined;
const typeOf = (text: string) => parseCqlType(text, UDTS, 'ks');
const read = (draft: Draft, type: string) => readDraft(draft, typeOf(type));
const typed = (text: string, type: string) => read(typedDraft(text), type);

/** Typed again: without what each text was made from. */
function retyped(draft: Draft): Draft {
  if (draft.as === 'text') return { as: 'text', form: draft.form, text: draft.text };
  if (draft.as !== 'parts') return draft;
  const parts = draft.parts.map(({ id, key, value }) => ({
    id,
    ...(key === undefined ? {} : { key: retyped(key) }),
    value: retyped(value),
  }));
  return { as: 'parts', parts };
}

/** Every text of a value: of its parts, as a literal, and in every form of a scalar. */
function draftsOf(value: JsonValue, type: CqlType): Draft[] {
  const draft = draftOf(value, type);
  if (draft.as === 'parts') return [draft, literalDraft(value, type)];
  if (draft.as !== 'text') return [draft];
  return formsOf(type).flatMap((form) => inForm(draft, form) ?? []);
}

const textOf = (draft: Draft, type: CqlType) => {
  const found = readDraft(draft, type);
  return 'value' in found && found.value !== undefined ? jsonText(found.value) : found;
};

describe('a value in the editor', () => {
  const { values } = readGolden(readFileSync(new URL('../wire/golden.json', import.meta.url), 'utf8'));
  // A counter is typed as what is added to it.
  const cases = values
    .filter(({ type }) => type !== 'counter')
    .map((value) => [`${value.type} ${value.hex?.slice(0, 40)} ${value.cql.slice(0, 40)}`, value] as const);

  it.each(cases)('%s comes back as it was', (_title, { cqlType, json, encode }) => {
    const drafts = draftsOf(json, cqlType);
    // What no request may say is left as it is in its text, and cannot be typed.
    const kept = encode === 'refused' ? drafts.filter(({ as }) => as === 'text') : drafts;
    for (const draft of kept) expect(textOf(draft, cqlType)).toBe(jsonText(json));
    if (encode === 'refused') return;
    for (const draft of drafts) expect(textOf(retyped(draft), cqlType)).toBe(jsonText(json));
  });

  it('comes back from every text of it, for every type', () => {
    const any = randomType.chain((type) => fc.tuple(fc.constant(type), randomFullBytes(type)));
    fc.assert(
      fc.property(any, ([type, bytes]) => {
        const value = toJson(bytes, type);
        // Cassandra stores no set twice with one element; random bytes may.
        fc.pre(!('problem' in readDraft(draftOf(value, type), type)));
        for (const draft of draftsOf(value, type)) expect(textOf(retyped(draft), type)).toBe(jsonText(value));
      }),
    );
  });
});

describe('what other editors got wrong', () => {
  it.each<[string, string, string, JsonValue]>([
    ['a uuid stays one', '550E8400-e29b-41d4-a716-446655440000', 'uuid', '550e8400-e29b-41d4-a716-446655440000'],
    ['empty text is not null', '', 'text', ''],
    ['the word null is a text', 'null', 'text', 'null'],
    ['spaces at the ends stay', '  a ', 'text', '  a '],
    ['line breaks stay', 'a\nb\r\nc', 'text', 'a\nb\r\nc'],
    ['a decimal keeps its digits', '123456789012345678901234567890.10', 'decimal', '123456789012345678901234567890.10'],
    ['a bigint too', '9007199254740993', 'bigint', '9007199254740993'],
    ['a varint too', '-170141183460469231731687303715884105729', 'varint', '-170141183460469231731687303715884105729'],
    ['-0 keeps its sign', '-0', 'double', -0],
    ['NaN is a double', 'NaN', 'double', 'NaN'],
    ['so is -Infinity', '-Infinity', 'float', '-Infinity'],
    ['an offset is one', '2001-01-09T07:10:00+01:00', 'timestamp', '2001-01-09T06:10:00.000Z'],
    ['a number in a text is no number', '007', 'text', '007'],
    ['fields of a tuple may be null', '(1, null)', 'tuple<int, text>', [1, null]],
    ['quotes in JSON are read', '{"a": 1}', 'map<text, int>', { a: 1 }],
  ])('%s', (_title, text, type, value) => {
    expect(typed(text, type)).toEqual({ value });
  });

  it.each<[string, string, string, RegExp]>([
    ['a uuid is no text', 'abc', 'uuid', /expected uuid/],
    ['nothing is no number', '', 'int', /a value is missing, such as 42/],
    ['the word null is no number', 'null', 'int', /expected int/],
    ['a time without a zone has two meanings', '2001-01-09 07:10', 'timestamp', /with Z or an offset/],
    ['half a byte is none', '0xabc', 'blob', /pairs of hex digits/],
    ['a lone surrogate is no text', 'a\ud800', 'text', /lone surrogate/],
    ['NaN is no int', 'NaN', 'int', /expected int/],
    ['a day that is none', '2001-02-29', 'date', /there is no day/],
    ['quotes around a date', "'2001-01-09'", 'date', /leave out the quotes/],
    ['null in a list', '[1, null]', 'list<int>', /cannot hold null/],
    ['a version 4 UUID is no timeuuid', '123e4567-e89b-42d3-a456-426614174000', 'timeuuid', /version 1/],
    ['an int beyond its range', '2147483648', 'int', /from -2147483648/],
    ['a literal that breaks off', '{1, 2', 'set<int>', /line 1, column 6: it ends too early/],
    ['a literal with a wrong place', '[1,\n x]', 'list<int>', /line 2, column 2: “x]” does not fit/],
    ['a wrong element', '[1, 2.5]', 'list<int>', /\[1\]: expected int/],
    ['a wrong element of JSON', '["a"]', 'list<int>', /^\[0\]: expected int/],
  ])('%s', (_title, text, type, problem) => {
    expect(typed(text, type)).toEqual({ path: '', problem: expect.stringMatching(problem) });
  });
});

describe('the form of a text', () => {
  it('with carriage returns is one that keeps them', () => {
    expect(draftOf('a\r\nb', typeOf('text'))).toMatchObject({ form: 'escaped', text: 'a\\r\\nb' });
    expect(draftOf('a\nb', typeOf('text'))).toMatchObject({ form: 'plain', text: 'a\nb' });
    expect(read(typedDraft('a\\u{1F600}\\u0041\\\\n', 'escaped'), 'text')).toEqual({ value: 'a😀A\\n' });
    expect(read(typedDraft('a\\q', 'escaped'), 'text')).toMatchObject({ problem: expect.stringContaining('“\\q”') });
  });

  it('of a blob is text where its bytes are one', () => {
    expect(inForm({ as: 'text', form: 'plain', text: '0x61c3a9' }, 'utf8')).toMatchObject({ text: 'aé' });
    expect(inForm({ as: 'text', form: 'plain', text: '0xff' }, 'utf8')).toBeUndefined();
    expect(read(typedDraft('aé', 'utf8'), 'blob')).toEqual({ value: '0x61c3a9' });
    expect(read(typedDraft('', 'utf8'), 'blob')).toEqual({ value: '0x' });
    expect(read(typedDraft('\udc00', 'utf8'), 'blob')).toMatchObject({ problem: expect.stringMatching('surrogate') });
  });

  it('on one line never loses a line break', () => {
    expect(fitsOneLine(draftOf('a\nb', typeOf('text')), typeOf('text'))).toBe(false);
    expect(fitsOneLine(draftOf('a', typeOf('text')), typeOf('text'))).toBe(true);
    expect(fitsOneLine(draftOf([1], typeOf('list<int>')), typeOf('list<int>'))).toBe(false);
  });
});

/** Parts with these texts; a pair is an entry of a map. */
const parts = (...texts: (string | readonly [string, string])[]): Draft => ({
  as: 'parts',
  parts: texts.map((text, id) =>
    typeof text === 'string'
      ? { id, value: typedDraft(text) }
      : { id, key: typedDraft(text[0]), value: typedDraft(text[1]) },
  ),
});

describe('a value of parts', () => {
  it.each<[string, Draft, string, JsonValue]>([
    ['a list', parts('1', '1'), 'list<int>', [1, 1]],
    ['a set', parts('b', 'a'), 'set<text>', ['b', 'a']],
    ['a map with text keys', parts(['a', '1'], ['', '2']), 'map<text, int>', { a: 1, '': 2 }],
    ['a map with other keys', parts(['1', 'a']), 'map<int, text>', [[1, 'a']]],
    ['a vector', parts('1', '-0'), 'vector<float, 2>', [1, -0]],
    [
      'a type with a field that is null',
      {
        as: 'parts',
        parts: [
          { id: 0, value: { as: 'null' } },
          { id: 1, value: typedDraft('7') },
        ],
      },
      'address',
      { street: null, no: 7 },
    ],
    ['an emptied list', parts(), 'list<int>', []],
  ])('is %s', (_title, draft, type, value) => {
    expect(read(draft, type)).toEqual({ value });
  });

  it.each<[string, Draft, string, string, RegExp]>([
    ['a wrong element', parts('1', 'x'), 'list<int>', '[1]', /expected int/],
    ['an element twice', parts('1.0', '2', '1.0'), 'set<decimal>', '[2]', /element 1 already/],
    ['a key twice', parts(['1', 'a'], ['+1', 'b']), 'map<int, text>', '[1]', /entry 1 has this key/],
    ['a wrong key', parts(['x', 'a']), 'map<int, text>', '[0] (the key)', /expected int/],
    [
      'null in a list',
      { as: 'parts', parts: [{ id: 0, value: { as: 'null' } }] },
      'list<int>',
      '[0]',
      /list cannot hold/,
    ],
    ['a wrong field', parts('x', 'y'), 'address', '.no', /expected int/],
    [
      'a wrong field within',
      { as: 'parts', parts: [{ id: 0, value: parts('x', 'y') }] },
      'list<frozen<address>>',
      '[0].no',
      /expected int/,
    ],
  ])('is not %s', (_title, draft, type, path, problem) => {
    expect(read(draft, type)).toEqual({ path, problem: expect.stringMatching(problem) });
  });

  it('takes new parts, each under a number of its own', () => {
    const type = typeOf('map<text, frozen<list<int>>>');
    if (!isNestedType(type)) throw new Error('not nested');
    const one = withNewPart({ as: 'parts', parts: [] }, type);
    const two = withNewPart(one, type);
    expect(two.parts.map(({ id }) => id)).toEqual([0, 1]);
    expect(two.parts[1]).toMatchObject({ key: { text: '' }, value: { parts: [] } });
    expect(withNewPart({ as: 'parts', parts: two.parts.slice(1) }, type).parts.map(({ id }) => id)).toEqual([1, 2]);
  });

  it('begins with all its fields null, or with all its elements', () => {
    expect(newDraft(typeOf('address'))).toMatchObject({
      parts: [{ value: { as: 'null' } }, { value: { as: 'null' } }],
    });
    expect(newDraft(typeOf('vector<int, 3>'))).toMatchObject({ parts: { length: 3 } });
  });
});
