import { describe, expect, it } from 'vitest';
import { parseCqlType } from '@/lib/cql/type-text';
import { INHERITED_NAMES } from '@/lib/test-names';
import { findNodes, openAtFirst, rootNode, visibleNodes } from './value-nodes';

const ADDRESS = [
  { name: 'street', type: parseCqlType('text') },
  { name: 'tags', type: parseCqlType('set<text>') },
];
const typeOf = (text: string) => parseCqlType(text, (_, name) => (name === 'address' ? ADDRESS : undefined));
const shown = (nodes: ReturnType<typeof visibleNodes>) =>
  nodes.map(({ depth, label }) => `${'-'.repeat(depth)}${label}`);

describe('a nested value as a tree', () => {
  it.each(INHERITED_NAMES)('has null for a field %s that the value lacks, and the field that it has', (name) => {
    const type = parseCqlType('address', () => [{ name, type: parseCqlType('text') }]);
    const inside = (text: string) => visibleNodes(rootNode(JSON.parse(text), type), new Set(['$']))[1]?.value;
    expect(inside('{}')).toBeNull();
    expect(inside(`{${JSON.stringify(name)}:"own"}`)).toBe('own');
  });

  const value = { home: { street: 'Pier 7', tags: ['a', 'b'] }, '10': { street: null, tags: null }, '9': null };
  const root = rootNode(value, typeOf('map<text, frozen<address>>'));

  it('has keys in the server’s order, fields and places', () => {
    expect(shown(visibleNodes(root, openAtFirst(root)))).toEqual([
      '',
      '-10',
      '--street',
      '--tags',
      '-9',
      '-home',
      '--street',
      '--tags',
      '---0',
      '---1',
    ]);
    expect(shown(visibleNodes(root, new Set(['$'])))).toEqual(['', '-10', '-9', '-home']);
    expect(visibleNodes(root, new Set())).toHaveLength(1);
  });

  it('knows the type of every part', () => {
    const types = visibleNodes(root, openAtFirst(root)).map(({ type }) => type?.kind);
    expect(types).toEqual(['map', 'udt', 'native', 'set', 'udt', 'udt', 'native', 'set', 'native', 'native']);
  });

  it('is searched through keys, fields and values, with what must be opened to see them', () => {
    expect(findNodes(root, 'PIER', 10)).toEqual([{ id: '$.2.0', open: ['$', '$.2'] }]);
    expect(findNodes(root, 'home', 10)).toEqual([{ id: '$.2', open: ['$'] }]);
    expect(findNodes(root, 'street', 1)).toHaveLength(1);
    expect(findNodes(root, '', 10)).toEqual([]);
  });

  it('shows pairs of a map whose keys are no text', () => {
    const pairs = rootNode([[[1, 2], 'x']], typeOf('map<frozen<list<int>>, text>'));
    expect(visibleNodes(pairs, new Set(['$'])).map(({ label, value: of }) => [label, of])).toEqual([
      ['', [[[1, 2], 'x']]],
      ['[1, 2]', 'x'],
    ]);
  });

  it('is shown in groups where it is long, and never walked whole', () => {
    const long = rootNode(
      Array.from({ length: 1_000_000 }, (_, index) => index),
      typeOf('list<int>'),
    );
    const nodes = visibleNodes(long, openAtFirst(long));
    expect(nodes).toHaveLength(10_001);
    const group = visibleNodes(long, new Set(['$', '$:999900']));
    expect(group.at(-1)).toMatchObject({ id: '$.999999', label: '999999', value: 999_999, depth: 2 });
    expect(findNodes(long, '999999', 5)).toEqual([{ id: '$.999999', open: ['$', '$:999900'] }]);
  });
});
