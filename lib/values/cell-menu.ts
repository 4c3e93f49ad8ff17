/** What can be done with a cell, as data: a menu draws it, and whoever shows the rows adds to it. */

/** Those that every result has. */
export const CELL_ACTIONS = [
  'inspect',
  'record',
  'copy.text',
  'copy.cql',
  'copy.json',
  'copy.rows.json',
  'copy.rows.csv',
  'copy.rows.insert',
  'copy.rows.where',
  'hide',
] as const;
export type CellAction = (typeof CELL_ACTIONS)[number];

/** Keys that change what is selected. */
type EditKeys = 'editCell' | 'editNull' | 'editAdd' | 'editDelete' | 'editFill' | 'editPaste';

export interface CellMenuItem {
  /** Unique in the menu. */
  readonly id: string;
  readonly label: string;
  /** Keys that do the same. */
  readonly keys?: 'rowsInspect' | 'rowsRecord' | 'rowsCopy' | EditKeys;
  /** What it costs, or why it cannot be done. */
  readonly note?: string;
  /** It asks much of the cluster. */
  readonly isHeavy?: boolean;
  readonly isDisabled?: boolean;
}

/** An item of whoever shows the rows, and among which it belongs. */
export interface OfferedItem extends CellMenuItem {
  readonly section: 'row' | 'filter' | 'edit';
}

interface CellMenuSection {
  readonly label: string | null;
  readonly items: readonly CellMenuItem[];
}

/** What the items depend on. */
export interface CellFacts {
  readonly column: string;
  /** Cells and rows that are selected, the cell's own among them. */
  readonly cells: number;
  readonly rows: number;
  /** The cell's row is in memory. */
  readonly isHeld: boolean;
  /** Columns of the primary key that the result lacks; null: it is not known which table the rows are from. */
  readonly keyMissing: readonly string[] | null;
  /** An INSERT can write the rows. */
  readonly isInsertable: boolean;
  /** More than this column is shown. */
  readonly canHide: boolean;
}

/** The menu of a cell. Copying acts on all that is selected, everything else on the cell and its row. */
export function cellMenu(facts: CellFacts, offered: readonly OfferedItem[]): readonly CellMenuSection[] {
  const { column, cells, rows } = facts;
  const of = (section: OfferedItem['section']) => offered.filter((item) => item.section === section);
  const sections: readonly CellMenuSection[] = [
    { label: null, items: [...openItems(facts), ...of('row')] },
    { label: 'Change', items: of('edit') },
    { label: 'Filter by this value', items: of('filter') },
    { label: cells === 1 ? 'Copy' : `Copy ${cells.toLocaleString('en-US')} cells`, items: copyItems(cells) },
    { label: rows === 1 ? 'Copy the row' : `Copy ${rows.toLocaleString('en-US')} rows`, items: rowCopyItems(facts) },
    { label: null, items: [item('hide', `Hide ${column}`, facts.canHide ? {} : refused('it is the last one shown'))] },
  ];
  return sections.filter(({ items }) => items.length > 0);
}

function openItems({ isHeld }: CellFacts): CellMenuItem[] {
  return [
    item('inspect', 'Inspect the value', { keys: 'rowsInspect' }),
    item('record', 'Open the row', { keys: 'rowsRecord', ...(isHeld ? {} : { note: 'loads it again' }) }),
  ];
}

function copyItems(cells: number): CellMenuItem[] {
  return [
    item('copy.text', 'As text', { keys: 'rowsCopy' }),
    item('copy.cql', cells === 1 ? 'As a CQL literal' : 'As CQL literals'),
    item('copy.json', 'As JSON'),
  ];
}

function rowCopyItems({ keyMissing, isInsertable, rows }: CellFacts): CellMenuItem[] {
  return [
    item('copy.rows.json', 'Row as JSON'),
    item('copy.rows.csv', 'Row as CSV'),
    ...(isInsertable ? [item('copy.rows.insert', 'Row as INSERT')] : []),
    ...(keyMissing === null
      ? []
      : [
          item(
            'copy.rows.where',
            'Row’s key as WHERE',
            keyMissing.length === 0 ? {} : refused(`the columns lack ${keyMissing.join(', ')}`),
          ),
        ]),
  ].map((one) => (rows === 1 ? one : { ...one, label: one.label.replace('Row’s key', 'Keys').replace('Row', 'Rows') }));
}

function item(id: CellAction, label: string, more: Partial<CellMenuItem> = {}): CellMenuItem {
  return { id, label, ...more };
}

function refused(note: string): Partial<CellMenuItem> {
  return { note, isDisabled: true };
}
