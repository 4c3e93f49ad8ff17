import { describe, expect, it } from 'vitest';
import { classify } from './classifier';
import { classifyOnce } from './classify-once';
import { schemaLookup } from './schema-lookup';
import { analysisKeyspace } from './test-analysis';

const DELETE = 'DELETE FROM t WHERE a = 1 AND b = 1';
const lookup = () => schemaLookup([analysisKeyspace('ks')]);

describe('a statement that is classified once', () => {
  it('is what the classifier says of it', () => {
    const context = { keyspace: 'ks', schema: lookup() };
    expect(classifyOnce(DELETE, context)).toEqual(classify(DELETE, context));
    expect(classifyOnce(DELETE, context)).toEqual(classify(DELETE, context));
    expect(classifyOnce(DELETE)).toEqual(classify(DELETE));
  });

  it('is the same object for the same text, keyspace and schema', () => {
    const schema = lookup();
    const first = classifyOnce(DELETE, { keyspace: 'ks', schema });
    expect(classifyOnce(DELETE, { schema, keyspace: 'ks' })).toBe(first);
    expect(classifyOnce(DELETE, { keyspace: 'ks' })).not.toBe(first);
    expect(classifyOnce(DELETE, { schema })).not.toBe(first);
    expect(classifyOnce(`${DELETE} `, { keyspace: 'ks', schema })).not.toBe(first);
  });

  it('is classified again when the schema has another version', () => {
    const before = classifyOnce(DELETE, { keyspace: 'ks', schema: schemaLookup([]) });
    const after = classifyOnce(DELETE, { keyspace: 'ks', schema: lookup() });
    expect(before.refusal).not.toEqual(after.refusal);
  });

  it('is kept for the latest statements only', () => {
    const schema = lookup();
    const of = (key: number) => classifyOnce(`SELECT * FROM t WHERE a = ${key}`, { keyspace: 'ks', schema });
    const first = of(0);
    for (let key = 1; key < 40; key += 1) of(key);
    expect(of(39)).toBe(of(39));
    expect(of(0)).not.toBe(first);
  });
});
