import { useState } from 'react';
import { useHiddenColumns } from '@/components/results/columns/use-hidden-columns';
import { Button } from '@/components/ui/button';
import { Checkbox, Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { BrowseChange } from '@/lib/browse/address';
import { readToggled, type ViewColumn, viewColumns } from '@/lib/browse/column-states';
import type { TablePlace } from '@/lib/client/place';
import type { TableShape } from '@/lib/cql/schema-lookup';

/** From this many columns on, the list can be searched. */
const MANY_COLUMNS = 12;

interface ViewColumnsProps {
  place: TablePlace;
  shape: TableShape;
  /** Null: all. */
  read: readonly string[] | null;
  onChange: (change: BrowseChange) => void;
}

/** The columns to read, with those marked that are hidden by their header's menu. */
export function ViewColumns({ place, shape, read, onChange }: ViewColumnsProps) {
  const [search, setSearch] = useState('');
  const { hidden, show } = useHiddenColumns(place);
  const columns = viewColumns(
    shape.columns.map(({ name }) => name),
    read,
    hidden,
  );
  const isHidden = columns.some(({ state }) => state === 'hidden');
  const toggle = ({ name, state }: ViewColumn) => {
    if (state !== 'shown') show({ type: 'show', key: name });
    if (state === 'hidden') return;
    const next = readToggled(columns, name);
    if (next !== undefined) onChange({ columns: next });
  };
  const showAll = () => {
    show({ type: 'show_all' });
    if (read !== null) onChange({ columns: null });
  };
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return (
    <section aria-label="Columns">
      <div className="mb-1 flex items-center justify-between">
        <h3 className="font-medium text-muted text-xs">Columns</h3>
        {(read !== null || isHidden) && (
          <Button size="sm" variant="ghost" onClick={showAll}>
            Show all
          </Button>
        )}
      </div>
      {columns.length > MANY_COLUMNS && (
        <Input
          aria-label="Find a column"
          placeholder="Find a column"
          className="mb-1"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      <div className="thin-scrollbar flex max-h-60 flex-col overflow-auto">
        {found.map((column) => (
          <Checkbox key={column.name} checked={column.state === 'shown'} onChange={() => toggle(column)}>
            <span className="break-all font-mono text-xs">
              <Shown text={column.name} as="name" />
            </span>{' '}
            {column.state === 'hidden' && <span className="ml-1 text-faint text-xs">hidden</span>}
          </Checkbox>
        ))}
      </div>
      {isHidden && (
        <p className="mt-1 text-faint text-xs">
          Hidden columns are still read, but not shown in this browser. A link to this view shows them.
        </p>
      )}
    </section>
  );
}
