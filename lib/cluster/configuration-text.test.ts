import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_CONFIGURATION, type WrittenCluster, withCluster, writtenCluster } from './configuration-text';

const cluster = (name: string, more: object = {}): WrittenCluster => ({ name, contactPoints: ['10.0.0.1'], ...more });

describe('a configuration file', () => {
  const FILE = `{
  "$schema": "x",
  "clusters": [
    { "name": "a", "contactPoints": ["10.0.0.1"] },
    {
      "name": "b",
      "label": "tricky \\"]},{[ \\\\",
      "contactPoints": ["10.0.0.2"]
    }
  ],
  "load": { "uploadGb": 1e0, "directories": [] }
}
`;

  it('keeps every other character when a cluster is replaced', () => {
    const { text } = withCluster(FILE, cluster('a', { port: 9142 }));
    expect(text).toBe(
      FILE.replace(
        '{ "name": "a", "contactPoints": ["10.0.0.1"] }',
        '{\n      "name": "a",\n      "contactPoints": [\n        "10.0.0.1"\n      ],\n      "port": 9142\n    }',
      ),
    );
  });

  it('gets a new cluster at the end of its list', () => {
    const { text, cluster: written } = withCluster(FILE, cluster('c'));
    expect(text).toContain(`    },\n    ${written}\n  ],\n  "load": { "uploadGb": 1e0,`);
    expect(text.replace(`,\n    ${written}`, '')).toBe(FILE);
  });

  it('is found by name, with its text', () => {
    expect(writtenCluster(FILE, 'a')?.text).toBe('{ "name": "a", "contactPoints": ["10.0.0.1"] }');
    expect(writtenCluster(FILE, 'b')?.cluster.label).toBe('tricky "]},{[ \\');
    expect(writtenCluster(FILE, 'c')).toBeUndefined();
  });

  it.each([
    ['an empty list', '{"clusters": []}'],
    ['the text of a file that is not there yet', EMPTY_CONFIGURATION],
    ['nothing but a list', '[]'],
    ['a list of one', '[{"name": "z", "contactPoints": ["x"]}]'],
    ['spaces', '\n { "clusters" : [ ] , "load" : { } } \n'],
    ['the key twice', '{"clusters": [{"name": "lost"}], "clusters": []}'],
    [
      'the key in a string and deeper',
      '{"statements": "\\"clusters\\": []", "load": {"clusters": []}, "clusters": []}',
    ],
  ])('may have %s', (_, text) => {
    const next: unknown = JSON.parse(withCluster(text, cluster('new')).text);
    const before: unknown = JSON.parse(text);
    const listOf = (value: unknown): unknown[] =>
      Array.isArray(value) ? value : Reflect.get(Object(value), 'clusters');
    expect(listOf(next)).toEqual([...listOf(before), cluster('new')]);
  });

  it('means the same but for the cluster, however it is written', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
    const files = fc.tuple(names, fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, 2, '\t'));
    fc.assert(
      fc.property(files, fc.constantFrom<string>('a', 'e'), fc.jsonValue(), ([all, rest, indent], name, extra) => {
        const clusters = all.map((one) => cluster(one, { extra: rest }));
        const file = { ...rest, clusters, after: rest };
        const changed = cluster(name, { extra });
        const text = withCluster(JSON.stringify(file, null, indent), changed).text;
        const expected = all.some((one) => one === name)
          ? clusters.map((one) => (one.name === name ? changed : one))
          : [...clusters, changed];
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ ...file, clusters: expected })));
        // The same change again changes nothing.
        expect(withCluster(text, changed).text).toBe(text);
      }),
    );
  });
});
