import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { ValueError } from '@/lib/wire/errors';
import { jsonToLoadableCql } from '@/lib/wire/json-texts';
import { classify } from '../classifier';
import { quoteIdentifier } from '../identifiers';
import { isSignificant, tokenize } from '../lexer';
import { splitStatements } from '../splitter';
import { parseCqlType } from '../type-text';
import { batchOf } from './batch';
import { deleteRange } from './delete';
import { insertRow } from './insert';
import { MutationError, type MutationNode, type Value } from './nodes';
import { withLiterals, withMarkers } from './print';
import { mutatedTable, REFUSALS, SHAPES } from './test-mutations';
import { randomNode } from './test-random-nodes';
import { updateRow } from './update';

describe('a change of data', () => {
  it.each(SHAPES)('$name: is written with markers, and with literals', ({ make, markers, literals }) => {
    const node = make('ks', 1);
    expect(withMarkers(node).statement).toBe(markers);
    expect(withLiterals(node)).toBe(literals);
  });

  it.each(REFUSALS)('is refused: $says, as $cql', ({ make, says }) => {
    expect(make).toThrow(MutationError);
    expect(make).toThrow(says);
  });

  it('has its values in the order of the markers, each with its type', () => {
    const node = SHAPES.find(({ name }) => name === 'UPDATE USING TIMESTAMP AND TTL')?.make('ks', 1);
    const params = node && withMarkers(node).params;
    const int = { kind: 'native', name: 'int' };
    expect(params).toEqual([
      { name: 'TIMESTAMP', type: { kind: 'native', name: 'bigint' }, value: '3000' },
      { name: 'TTL', type: int, value: 86_500 },
      { name: 'v', type: int, value: 2 },
      ...['p', 'c', 'c2'].map((column) => ({ name: column, column, type: int, value: 1 })),
    ]);
  });

  it('removes keys from a map as a set of them', () => {
    const node = SHAPES.find(({ name }) => name === 'UPDATE that removes')?.make('ks', 1);
    expect(node && withMarkers(node).params.at(2)?.type).toMatchObject({ kind: 'set', of: { name: 'text' } });
  });

  it('cannot be changed once it is made', () => {
    const value = { a: 1 };
    const table = mutatedTable('ks', 't');
    const changes = [{ kind: 'set', column: 'm', value }] as const;
    const node = updateRow(table, { key: { p: 1, c: 1, c2: 1 }, changes });
    const before = withLiterals(node);
    expect(() => Object.assign(node.assignments[0] ?? {}, { column: 'v' })).toThrow(TypeError);
    expect(() => Object.assign(node.key.partition[0] ?? {}, { value: 2 })).toThrow(TypeError);
    value.a = 2;
    expect(withLiterals(node)).toBe(before);
  });

  it.each<[string, JsonValue, string]>([
    ['n', '7', '7'],
    ['by_number', { 1: 'a' }, "{1: 'a'}"],
    ['at', '2001-01-09 07:10+01:00', '979020600000'],
    ['__proto__', '0xCAFE', '0xcafe'],
  ])('says the same in both texts of %s, however its value is written', (name, value, literal) => {
    const columns = [
      { name: 'p', type: parseCqlType('int'), kind: 'partition_key', clusteringOrder: 'none' },
      ...Object.entries({ n: 'int', by_number: 'map<int, text>', at: 'timestamp', ['__proto__']: 'blob' }).map(
        ([column, type]) =>
          ({ name: column, type: parseCqlType(type), kind: 'regular', clusteringOrder: 'none' }) as const,
      ),
    ] as const;
    const shape = { partitionKey: ['p'], clusteringKey: [], columns, indexes: [], isVirtual: false, isView: false };
    const node = insertRow(
      { keyspace: 'ks', table: 't', shape },
      { key: { p: 1 }, values: Object.fromEntries([[name, value]]) },
    );
    const [, param] = withMarkers(node).params;
    expect(param && jsonToLoadableCql(param.value, param.type)).toBe(literal);
    expect(withLiterals(node)).toBe(`INSERT INTO ks.t (p, ${quoteIdentifier(name)}) VALUES (1, ${literal})`);
  });

  it('takes partitions for one by their bytes, however they are written', () => {
    const table = mutatedTable('ks', 't');
    const insert = (p: number | string, ifNotExists: boolean) => {
      return insertRow(table, { key: { p, c: ifNotExists ? 1 : 2, c2: 1 }, values: {}, ifNotExists });
    };
    expect(() => batchOf({ type: 'logged', statements: [insert(1, true), insert('1', false)] })).not.toThrow();
  });

  it('never deletes a partition where a range or a row was meant', () => {
    const table = mutatedTable('ks', 't');
    expect(() => deleteRange(table, { key: { p: 1 } })).toThrow('Delete the partition instead');
    expect(() => deleteRange(table, { key: { p: 1, c: 1, c2: 1 } })).toThrow('Delete the row instead');
  });

  it('of no literal still runs by its markers', () => {
    const table = mutatedTable('ks', 't');
    const changes = [{ kind: 'set', column: 'l', value: '' }] as const;
    const node = updateRow(table, { key: { p: 1, c: 1, c2: 1 }, changes });
    expect(withMarkers(node).params[0]?.value).toBe('');
    expect(() => withLiterals(node)).toThrow(ValueError);
  });
});

describe('random changes of random tables', () => {
  it('are one statement of their kind and table in both texts, which differ in the values alone', () => {
    fc.assert(
      fc.property(randomNode, (node) => {
        const { statement, params } = withMarkers(node);
        const literals = literalsOf(node, params);
        for (const text of [statement, ...(literals === undefined ? [] : [literals.text])]) {
          expect(splitStatements(text).map((one) => one.text)).toEqual([text]);
          const { kind, target, isWrite } = classify(text);
          expect({ kind, isWrite, target }).toEqual({ kind: node.kind, isWrite: true, target: targetOf(node) });
        }
        const tokens = tokensOf(statement);
        expect(tokens.filter((token) => token === '?').length).toBe(params.length);
        if (literals === undefined) return;
        const values = literals.values[Symbol.iterator]();
        const filled = tokens.flatMap((token) => (token === '?' ? tokensOf(values.next().value ?? '') : [token]));
        expect(tokensOf(literals.text)).toEqual(filled);
      }),
      { numRuns: 300 },
    );
  });
});

function targetOf(node: MutationNode) {
  return node.kind === 'batch' ? null : { keyspace: node.table.keyspace, name: node.table.table };
}

/** Undefined where a value has no literal. */
function literalsOf(node: MutationNode, params: readonly Value[]) {
  try {
    return { text: withLiterals(node), values: params.map(({ value, type }) => jsonToLoadableCql(value, type)) };
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function tokensOf(text: string): string[] {
  const tokens = tokenize(text).filter(isSignificant);
  expect(tokens.filter(({ kind }) => kind === 'error')).toEqual([]);
  return tokens.map((token) => token.text);
}
