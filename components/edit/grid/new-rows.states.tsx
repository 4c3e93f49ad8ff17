import { createRef } from 'react';
import type { GridColumn, GridHandle } from '@/components/grid/types';
import { ignore, type SharedPart } from '@/components/ui/states';
import { ChangeStore } from '@/lib/changes/change-store';
import type { RowChange } from '@/lib/contract/mutations';
import type { CqlType } from '@/lib/cql/types';
import type { ChangeEnding } from '@/lib/edit/ending';
import { editableOf } from '@/lib/edit/test-editable';
import { NewRows } from './new-rows';

const ROWS = editableOf('t');
const PLACE = { cluster: 'demo', keyspace: 'ks', table: 't' };
const FAILED: ChangeEnding = {
  ...{ outcome: 'not_applied', message: 'Not applied: a row with this key is there already.' },
  at: '2026-11-29T12:00:00.000Z',
};
const noteOf = (type: CqlType) => (type.kind === 'native' ? type.name : type.kind);
const SHOWN: readonly GridColumn[] = ROWS.table.shape.columns.slice(0, 8).map(({ name, type, kind }, source) => ({
  ...{
    key: name,
    source,
    name,
    note: noteOf(type),
    align: noteOf(type) === 'int' ? ('end' as const) : ('start' as const),
  },
  ...{ widthPx: 110, pinned: kind === 'partition_key' },
}));

type Insert = Extract<RowChange, { readonly kind: 'insert' }>;
const insert = (c: number, ttlSeconds?: number): Insert => ({
  ...{ kind: 'insert', key: { p: 1, c, c2: 1 }, values: { v: c * 10, w: 'a new one' } },
  ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
});

const strip = (inserts: readonly Insert[], ending?: ChangeEnding) => () => (
  <NewRows
    result={{ shown: SHOWN, grid: createRef<GridHandle>(), inMemory: () => [] }}
    rows={ROWS}
    store={new ChangeStore(PLACE, ROWS.table)}
    inserts={inserts}
    shown={{ endingOf: () => ending }}
    keyActs={{ undo: ignore, redo: ignore, add: ignore, selected: undefined }}
    onTask={ignore}
  />
);

const region = ['region', 'New rows'] as const;

export const newRowsStates: SharedPart = {
  name: 'new-rows',
  states: {
    'one row': { draw: strip([insert(4)]), shows: [region, ['grid', 'New rows'], ['button', 'Remove']] },
    'more than are in view': {
      draw: strip(Array.from({ length: 9 }, (_, at) => insert(at, 600))),
      shows: [region, ['grid', 'New rows']],
    },
    'not added when it was run': { draw: strip([insert(4)], FAILED), shows: [region] },
  },
};
