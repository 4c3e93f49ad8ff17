import { describe, expect, it } from 'vitest';
import { PARAMETERS } from '@/lib/contract/limits';
import type { CqlType } from '@/lib/cql/types';
import { encodeParams, UNSET } from './prepared';

const TEXT: CqlType = { kind: 'native', name: 'text' };
const PROTOTYPE_NAMES = Object.getOwnPropertyNames(Object.prototype);

/** The object, and how often it was accessed. */
function counted<T extends object>(object: T): { readonly values: T; readonly looks: () => number } {
  let looks = 0;
  const values = new Proxy(object, {
    get: (target, key) => {
      looks++;
      return Reflect.get(target, key);
    },
    getOwnPropertyDescriptor: (target, key) => {
      looks++;
      return Reflect.getOwnPropertyDescriptor(target, key);
    },
    has: (target, key) => {
      looks++;
      return Reflect.has(target, key);
    },
    ownKeys: (target) => {
      looks += Object.keys(target).length;
      return Reflect.ownKeys(target);
    },
  });
  return { values, looks: () => looks };
}

describe('values for bind markers', () => {
  it('are looked up by name once per marker', () => {
    const markers = Array.from({ length: PARAMETERS }, (_, at) => ({
      name: `p${at}`,
      type: TEXT,
      isPartitionKey: false,
    }));
    const { values, looks } = counted(Object.fromEntries(markers.map(({ name }) => [name, name])));
    const encoded = encodeParams(markers, values);
    expect(encoded.at(-1)?.toString()).toBe(`p${PARAMETERS - 1}`);
    expect(looks()).toBeLessThan(4 * PARAMETERS);
  });

  it('may be left unset, but not in the partition key', () => {
    const markers = [
      { name: 'k', type: TEXT, isPartitionKey: true },
      { name: 'v', type: TEXT, isPartitionKey: false },
    ];
    expect(encodeParams(markers, ['a', null], [1])[1]).toBe(UNSET);
    expect(encodeParams(markers, { k: 'a' }, [1])[1]).toBe(UNSET);
    expect(() => encodeParams(markers, [null, 'b'], [0])).toThrow('k is part of the partition key');
  });

  it.each(PROTOTYPE_NAMES)('named %s are never inherited', (name) => {
    const markers = [{ name, type: TEXT, isPartitionKey: false }];
    expect(encodeParams(markers, JSON.parse(`{"${name}": "x"}`)).map(String)).toEqual(['x']);
    expect(() => encodeParams(markers, {})).toThrow(`There is no value for the bind marker “${name}”.`);
  });
});
