import { describe, expect, it } from 'vitest';
import { CELL_ACTIONS, type CellFacts, cellMenu } from './cell-menu';

const FACTS: CellFacts = {
  column: 'delay',
  cells: 1,
  rows: 1,
  isHeld: true,
  keyMissing: [],
  isInsertable: true,
  canHide: true,
};

const items = (facts: Partial<CellFacts> = {}) => cellMenu({ ...FACTS, ...facts }, []).flatMap((one) => one.items);
const itemOf = (id: string, facts: Partial<CellFacts> = {}) => items(facts).find((one) => one.id === id);

describe('the menu of a cell', () => {
  it('has every action once', () => {
    expect(
      items()
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([...CELL_ACTIONS].toSorted());
  });

  it('puts what is offered among what it belongs to, and has no empty section', () => {
    const sections = cellMenu(FACTS, [
      { id: 'filter =', label: 'delay = 5', section: 'filter' },
      { id: 'home', label: 'Where does this row live?', section: 'row' },
    ]);
    expect(sections.map(({ label }) => label)).toEqual([null, 'Filter by this value', 'Copy', 'Copy the row', null]);
    expect(sections[0]?.items.map(({ id }) => id)).toEqual(['inspect', 'record', 'home']);
    expect(cellMenu(FACTS, []).map(({ label }) => label)).not.toContain('Filter by this value');
  });

  it('says how much is copied where more than the cell is selected', () => {
    const facts = { ...FACTS, cells: 1_200, rows: 600 };
    expect(cellMenu(facts, []).map(({ label }) => label)).toEqual([null, 'Copy 1,200 cells', 'Copy 600 rows', null]);
    expect(itemOf('copy.cql', facts)?.label).toBe('As CQL literals');
    expect(itemOf('copy.rows.insert', facts)?.label).toBe('Rows as INSERT');
    expect(itemOf('copy.rows.where', facts)?.label).toBe('Keys as WHERE');
  });

  it('says why something cannot be done, and leaves out what never can', () => {
    expect(itemOf('copy.rows.where', { keyMissing: ['day'] })).toMatchObject({
      isDisabled: true,
      note: 'the columns lack day',
    });
    expect(itemOf('copy.rows.where', { keyMissing: null })).toBeUndefined();
    expect(itemOf('copy.rows.insert', { isInsertable: false })).toBeUndefined();
    expect(itemOf('hide', { canHide: false })?.isDisabled).toBe(true);
    expect(itemOf('record', { isHeld: false })?.note).toBe('loads it again');
  });
});
