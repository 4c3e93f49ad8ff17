import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import { fromJson } from '@/lib/wire/encode';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import type { Part } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import { align, type Pairing } from './align';
import type { ComparedColumn, Layout } from './columns';
import { type Item, ItemReader, ItemRules, isSameValue } from './items';

const column = (name: string, type: string, isDescending = false): ComparedColumn => ({
  name,
  type: parseCqlType(type),
  isDescending,
});
const LAYOUT: Layout = {
  partition: [column('p', 'int')],
  clustering: [column('c', 'text', true), column('d', 'int')],
  statics: [column('s', 'text')],
  regulars: [column('v', 'int'), column('w', 'text')],
};
const TYPES = ['int', 'text', 'int', 'text', 'int', 'text'].map((type) => parseCqlType(type));
const rules = new ItemRules(LAYOUT);
type Row = readonly JsonValue[];
const bytesOf = (row: Row): Part[] => row.map((value, at) => fromJson(value, TYPES[at] ?? parseCqlType('int')));

/** As a node returns the rows: the static value with each, partitions by token. */
function itemsOf(rows: readonly Row[]): Item[] {
  const items = rows.map((row): Item => {
    const parts = bytesOf(row);
    return { partition: parts.slice(0, 1), clustering: parts.slice(1, 3), values: parts.slice(4) };
  });
  return items.toSorted((one, other) => rules.compare(one, other));
}
async function* batches(items: readonly Item[], size: number): AsyncGenerator<Item[], void> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
async function paired(source: readonly Item[], target: readonly Item[], size = 3): Promise<Pairing[]> {
  const found: Pairing[] = [];
  await align(batches(source, size), batches(target, size + 1), rules, (pairing) => found.push(pairing));
  return found;
}

const row = fc.tuple(
  fc.integer({ min: 0, max: 5 }),
  fc.constantFrom('', 'a', 'b', 'é'),
  fc.integer({ min: -2, max: 2 }),
  fc.constant(null),
  fc.option(fc.integer({ min: 0, max: 1 })),
  fc.option(fc.constantFrom('', 'x')),
);
const keyText = ([p, c, d]: Row) => JSON.stringify([p, c, d]);
const table = fc.uniqueArray(row, { selector: keyText, maxLength: 40 });

describe('rows of two tables', () => {
  it('are paired by key, each once, whatever the batches', async () => {
    const property = fc.asyncProperty(table, table, fc.integer({ min: 1, max: 7 }), async (ours, theirs, size) => {
      const mine = new Map(ours.map((one) => [keyText(one), JSON.stringify(one)]));
      const other = new Map(theirs.map((one) => [keyText(one), JSON.stringify(one)]));
      const expected = [...new Set([...mine.keys(), ...other.keys()])].map((key) => {
        const [left, right] = [mine.get(key), other.get(key)];
        if (left === undefined) return `extra ${key}`;
        if (right === undefined) return `missing ${key}`;
        return left === right ? 'equal' : `different ${key}`;
      });
      const found = await paired(itemsOf(ours), itemsOf(theirs), size);
      const said = found.map((pairing) =>
        pairing.is === 'equal' ? 'equal' : `${pairing.is} ${JSON.stringify(Object.values(rules.keyOf(pairing.item)))}`,
      );
      expect(said.toSorted()).toEqual(expected.toSorted());
    });
    await fc.assert(property);
  });

  it('name the columns that differ, with null and empty kept apart', async () => {
    const [ours, theirs] = [itemsOf([[1, 'a', 1, null, null, '']]), itemsOf([[1, 'a', 1, null, 0, null]])];
    expect(await paired(ours, theirs)).toMatchObject([{ is: 'different', columns: ['v', 'w'] }]);
  });

  it('have their static values once for each partition, also where it has no rows', () => {
    const reader = new ItemReader(LAYOUT);
    const rows = (given: readonly Row[]) => reader.items(given.map(bytesOf));
    const first = rows([
      [1, 'a', 1, 'static', 1, 'x'],
      [1, 'a', 2, 'static', 2, 'y'],
    ]);
    const second = rows([
      [1, 'a', 3, 'static', 3, 'z'],
      [2, null, null, 'alone', null, null],
      [3, 'a', 1, null, 1, 'x'],
    ]);
    expect([...first, ...second].map((item) => rules.keyOf(item))).toEqual([
      { p: 1 },
      { p: 1, c: 'a', d: 1 },
      { p: 1, c: 'a', d: 2 },
      { p: 1, c: 'a', d: 3 },
      { p: 2 },
      { p: 3, c: 'a', d: 1 },
    ]);
  });
});

describe('two values of a type', () => {
  it('are the same exactly where their JSON forms are', () => {
    const pairs = randomType.chain((type) => fc.tuple(fc.constant(type), randomBytes(type), randomBytes(type)));
    const text = (value: JsonValue) => JSON.stringify(value, (_, one: unknown) => (Object.is(one, -0) ? '-0' : one));
    fc.assert(
      fc.property(pairs, ([type, one, other]) => {
        expect(isSameValue(one, one?.slice() ?? null, type)).toBe(true);
        const isSame = (one === null) === (other === null) && text(toJson(one, type)) === text(toJson(other, type));
        expect(isSameValue(one, other, type)).toBe(isSame);
      }),
    );
  });

  it.each<[string, Part, Part, boolean]>([
    ['int', null, new Uint8Array(0), false],
    ['varint', Uint8Array.of(5), Uint8Array.of(0, 5), true],
    [
      'frozen<tuple<int, text>>',
      Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 1),
      Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 1, 255, 255, 255, 255),
      true,
    ],
    ['decimal', Uint8Array.of(0, 0, 0, 0, 1), Uint8Array.of(0, 0, 0, 1, 10), false],
    ['double', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), Uint8Array.of(128, 0, 0, 0, 0, 0, 0, 0), false],
  ])('of %s', (type, one, other, isSame) => {
    expect(isSameValue(one, other, parseCqlType(type))).toBe(isSame);
  });
});
