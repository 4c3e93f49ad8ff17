import { ignore, type SharedPart } from '@/components/ui/states';
import { classify } from '@/lib/cql/classifier';
import type { ColumnShape, SchemaLookup, TableShape } from '@/lib/cql/schema-lookup';
import type { Runnable } from '@/lib/workbench/runnable';
import { runnableAll } from '@/lib/workbench/runnable';
import { CostFacts } from './cost-line';

const column = (name: string, kind: ColumnShape['kind']): ColumnShape => {
  return { name, type: { kind: 'native', name: 'text' }, kind, clusteringOrder: 'none' };
};
const FLIGHTS: TableShape = {
  partitionKey: ['origin', 'day'],
  clusteringKey: [],
  columns: [column('origin', 'partition_key'), column('day', 'partition_key'), column('delay', 'regular')],
  indexes: [],
  isVirtual: false,
  isView: false,
};
const SCHEMA: SchemaLookup = {
  table: (_, name) => (name === 'by_origin_day' ? FLIGHTS : undefined),
  isAggregate: () => false,
  keyspace: () => undefined,
};

/** The line for a text, as it would be classified. */
export function costOf(text: string, { readOnly = false, onFix = ignore, onApply = ignore } = {}) {
  const runnable: Runnable = runnableAll(text, readOnly ? 'This cluster is read-only' : null);
  const isOne = runnable.blocked === null && runnable.count === 1;
  const data = classify(text, { schema: SCHEMA, keyspace: 'flights' });
  return (
    <CostFacts
      runnable={runnable}
      cost={isOne ? { data, ringBytes: 5_000_000 } : null}
      onFix={onFix}
      onApply={onApply}
    />
  );
}

const line = ['region', 'Cost of the statement'] as const;
const ONE = runnableAll('SELECT * FROM t', null);

export const costStates: SharedPart = {
  name: 'cost-line',
  states: {
    'no statement': { draw: () => costOf(''), shows: [line] },
    'on its way': {
      draw: () => (
        <CostFacts runnable={ONE} cost={{ data: undefined, ringBytes: null }} onFix={ignore} onApply={ignore} />
      ),
      shows: [line],
    },
    'one partition': {
      draw: () => costOf("SELECT * FROM by_origin_day WHERE origin = 'SEA' AND day = '2001-01-09'"),
      shows: [line],
    },
    'the whole ring, filtered': {
      draw: () => costOf('SELECT * FROM by_origin_day WHERE delay > 60 ALLOW FILTERING'),
      shows: [line],
    },
    'a refusal to come': {
      draw: () => costOf('SELECT * FROM by_origin_day WHERE delay > 60'),
      shows: [line, ['button']],
    },
    'a write to be refused': {
      draw: () => costOf("DELETE FROM by_origin_day WHERE origin = 'SEA'"),
      shows: [line, ['button', 'Add day = :day']],
    },
    'no CQL': { draw: () => costOf('SELCT * FROM by_origin_day'), shows: [line, ['button', 'Use SELECT']] },
    'a write': {
      draw: () => costOf("DELETE FROM by_origin_day WHERE origin = 'SEA' AND day = '2001-01-09'"),
      shows: [line],
    },
    'a schema change': { draw: () => costOf('DROP TABLE by_origin_day'), shows: [line] },
    'several statements': { draw: () => costOf('SELECT * FROM a; SELECT * FROM b'), shows: [line] },
    'blocked: read-only': { draw: () => costOf('DROP TABLE a', { readOnly: true }), shows: [line] },
    'blocked: to be cleaned': {
      draw: () => costOf('SELECT\u00a0* FROM by_origin_day'),
      shows: [line, ['button', 'Clean']],
    },
  },
};
