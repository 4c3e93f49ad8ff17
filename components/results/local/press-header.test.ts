import { describe, expect, it } from 'vitest';
import { AS_READ, type LocalView } from '@/lib/local/local-view';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { type ResultState, ResultStore } from '@/lib/reader/result-state';
import type { RowOrder } from '@/lib/reader/source';
import { windowOf } from '@/lib/reader/whole';
import { pressHeader } from './press-header';

const COLUMNS = [
  { key: 'departs', source: 0, type: { kind: 'native', name: 'timestamp' }, isShown: true },
  { key: 'delay', source: 1, type: { kind: 'native', name: 'int' }, isShown: true },
  { key: 'took', source: 2, type: { kind: 'native', name: 'duration' }, isShown: true },
] as const;
const BY_DEPARTS: RowOrder = { by: 'value', column: 'departs', tuple: [], descending: false };

function press(
  column: string,
  {
    reading = {},
    state = {},
    ...facts
  }: {
    reading?: Partial<ReadState>;
    state?: Partial<ResultState>;
    order?: RowOrder;
    adds?: boolean;
    view?: LocalView;
    canReverse?: boolean;
    repeatable?: boolean;
  },
) {
  const window = windowOf([[0], [1]]);
  return pressHeader({ key: column, name: column }, facts.adds ?? false, {
    state: { ...new ResultStore(window).get(), reading: { ...NOT_READ, ...reading }, ...state },
    view: facts.view ?? AS_READ,
    order: facts.order,
    columns: COLUMNS,
    canReverse: facts.canReverse ?? true,
    repeatable: facts.repeatable ?? true,
  });
}

const sorted = (...columns: string[]): LocalView => ({
  sort: columns.map((column) => ({ column, descending: false })),
  quick: '',
});
const WHOLE = { reading: { phase: 'complete' }, state: { whole: 'whole' } } as const;
const PAUSED = { reading: { phase: 'paused' } } as const;

describe('a press of a header', () => {
  it('sorts rows that are all here, also by the column that Cassandra orders by', () => {
    expect(press('delay', WHOLE)).toEqual({ do: 'sort', view: sorted('delay') });
    expect(press('departs', { ...WHOLE, order: BY_DEPARTS })).toEqual({ do: 'sort', view: sorted('departs') });
    expect(press('departs', { ...WHOLE, adds: true, view: sorted('delay') })).toEqual({
      do: 'sort',
      view: sorted('delay', 'departs'),
    });
  });

  it('sorts rows that can be read whole', () => {
    expect(press('delay', PAUSED)).toEqual({ do: 'sort', view: sorted('delay') });
  });

  it('lets Cassandra reverse its own order where rows are left to read', () => {
    expect(press('departs', { ...PAUSED, order: BY_DEPARTS })).toEqual({ do: 'reverse' });
    expect(press('delay', { ...PAUSED, order: BY_DEPARTS })).toMatchObject({ do: 'sort' });
    expect(press('departs', { ...PAUSED, order: BY_DEPARTS, canReverse: false })).toMatchObject({ do: 'sort' });
    expect(press('departs', { ...PAUSED, order: BY_DEPARTS, view: sorted('delay') })).toMatchObject({ do: 'sort' });
  });

  it('explains what it cannot sort: a type without an order, too many rows, likely too many, a statement not run twice', () => {
    expect(press('took', WHOLE)).toEqual({ do: 'explain' });
    expect(press('delay', { ...PAUSED, state: { whole: 'too_many_rows' } })).toEqual({ do: 'explain' });
    const likely = { phase: 'paused', sample: { rows: 2_000, share: 0.01 } } as const;
    expect(press('delay', { reading: likely })).toEqual({ do: 'explain' });
    expect(press('delay', { reading: { phase: 'stopped' }, repeatable: false })).toEqual({ do: 'explain' });
  });
});
