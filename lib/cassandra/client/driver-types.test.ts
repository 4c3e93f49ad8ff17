import { types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { TYPE_DEPTH } from '@/lib/contract/limits';
import { cqlTypeOf } from './driver-types';

const { dataTypes } = types;

/** Nested lists, as the driver reads them from a frame. */
function nested(depth: number): unknown {
  let type: unknown = { code: dataTypes.int, info: null };
  for (let at = 0; at < depth; at++) type = { code: dataTypes.list, info: type };
  return type;
}

describe('a type from a frame', () => {
  it('may be nested up to the limit, and no deeper', () => {
    expect(cqlTypeOf(nested(TYPE_DEPTH)).kind).toBe('list');
    expect(() => cqlTypeOf(nested(TYPE_DEPTH + 1))).toThrow('nested more than');
    expect(() => cqlTypeOf(nested(100_000))).toThrow('nested more than');
  });
});
