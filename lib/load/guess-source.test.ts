import { describe, expect, it } from 'vitest';
import { guessSource } from './guess-source';

describe('what a file most likely is', () => {
  it.each([
    ['a.csv', 'id,name\n1,x', 'csv', ','],
    ['a.csv', 'id;"a,b,c";name\n', 'csv', ';'],
    ['a.tsv', 'id,name\n', 'csv', '\t'],
    ['a.csv.gz', '', 'csv', ','],
    ['A.PARQUET', 'PAR1', 'parquet', ','],
    ['a.csv', 'PAR1\u0015', 'parquet', ','],
    ['a.json', '[{"a":1}]', 'json', ','],
    ['a.json', '{"a":1}\n{"a":2}', 'ndjson', ','],
    ['a.jsonl', '\uFEFF [1]', 'json', ','],
    ['a.cql', '-- flights\n', 'cql', ','],
    ['dump', 'insert into t (a) values (1);', 'cql', ','],
    ['dump', 'a|b', 'csv', '|'],
    ['dump', '', 'csv', ','],
  ])('%s with %j is %s', (name, text, format, delimiter) => {
    expect(guessSource(name, new TextEncoder().encode(text))).toMatchObject({
      format,
      ...(format === 'csv' ? { delimiter } : {}),
    });
  });
});
