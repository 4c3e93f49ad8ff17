import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  heldSettings,
  markedSecret,
  packSettings,
  type SeenSettings,
  settingsChanges,
  unpackSettings,
} from './settings-changes';

const seen = (nodes: Record<string, Record<string, string | null>>): SeenSettings =>
  new Map(Object.entries(nodes).map(([node, values]) => [node, new Map(Object.entries(values))]));

describe('what changed in the settings', () => {
  it('is nothing where nothing did, or where a node did not answer both times', () => {
    const before = seen({ a: { x: '1' }, b: { x: '1' } });
    expect(settingsChanges(before, seen({ a: { x: '1' } }))).toEqual([]);
    expect(settingsChanges(before, seen({ c: { x: '9' } }))).toEqual([]);
  });

  it('is one change of all nodes that made it alike', () => {
    const before = seen({ a: { x: '1', y: null }, b: { x: '1', y: null }, c: { x: '1', y: null } });
    const after = seen({ a: { x: '2', y: null }, b: { x: '2', y: null }, c: { x: '1', y: 'new' } });
    expect(settingsChanges(before, after)).toEqual([
      { nodes: ['a', 'b'], fields: [{ field: 'x', before: '1', after: '2' }] },
      { nodes: ['c'], fields: [{ field: 'y', before: null, after: 'new' }] },
    ]);
  });

  it('says a setting once that stands there under its old name as well', () => {
    const before = seen({ a: { read_request_timeout: '5000ms', read_request_timeout_in_ms: '5000' } });
    const after = seen({ a: { read_request_timeout: '7000ms', read_request_timeout_in_ms: '7000' } });
    expect(settingsChanges(before, after)[0]?.fields.map(({ field }) => field)).toEqual(['read_request_timeout']);
  });

  it('never has a secret', () => {
    const before = seen({ a: { keystore_password: markedSecret('one') } });
    const after = seen({ a: { keystore_password: markedSecret('two') } });
    expect(settingsChanges(before, after)[0]?.fields).toEqual([
      { field: 'keystore_password', before: 'hidden', after: 'hidden, another value' },
    ]);
  });

  it('is found also of a node that was silent for a while, and not of one that left', () => {
    const held = heldSettings(seen({ a: { x: '1' }, gone: { x: '1' } }), seen({ b: { x: '1' } }), ['a', 'b']);
    expect([...held.keys()]).toEqual(['a', 'b']);
  });
});

describe('settings as they are kept', () => {
  it('are the same again, whatever nodes have in common', () => {
    const values = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', '__proto__x'),
      fc.option(fc.constantFrom('1', '2'), { nil: null }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('n1', 'n2', 'n3'), values), (nodes) => {
        const again = unpackSettings(packSettings(seen(nodes)));
        expect(settingsChanges(seen(nodes), again)).toEqual([]);
        expect(settingsChanges(again, seen(nodes))).toEqual([]);
        expect([...again].map(([node, some]) => [node, some.size])).toEqual(
          [...seen(nodes)].map(([node, some]) => [node, some.size]),
        );
      }),
    );
  });

  it('say once what a thousand nodes have in common', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`n${at}`, { x: '1', own: String(at) }]));
    const { common, nodes } = packSettings(seen(many));
    expect(common).toEqual([['x', '1']]);
    expect(nodes[7]).toEqual({ node: 'n7', own: [['own', '7']] });
  });
});
