'use client';

import { Button } from '@/components/ui/button';
import { Fold } from '@/components/ui/fold';
import { Checkbox } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { TableColumn } from '@/lib/contract/schema';
import { formatCount } from '@/lib/text/format';

interface ColumnPickerProps {
  columns: readonly TableColumn[];
  /** Null: all. */
  chosen: readonly string[] | null;
  onChange: (chosen: string[] | null) => void;
}

/** The columns of the file, in the table's order whatever the order of choosing. */
export function ColumnPicker({ columns, chosen, onChange }: ColumnPickerProps) {
  const names = columns.map(({ name }) => name);
  const selected = new Set(chosen ?? names);
  const toggle = (name: string) => {
    const next = names.filter((other) => (other === name ? !selected.has(name) : selected.has(other)));
    onChange(next.length === names.length ? null : next);
  };
  const count = names.filter((name) => selected.has(name)).length;
  return (
    <Fold
      title={`Columns: ${count === names.length ? 'all' : `${formatCount(count)} of`} ${formatCount(names.length)}`}
    >
      <div className="mb-1 flex gap-1">
        <Button size="sm" onClick={() => onChange(null)}>
          All
        </Button>
        <Button size="sm" onClick={() => onChange([])}>
          None
        </Button>
      </div>
      <fieldset className="thin-scrollbar max-h-60 overflow-auto">
        <legend className="sr-only">Columns of the file</legend>
        {columns.map(({ name, type }) => (
          <Checkbox key={name} className="flex" checked={selected.has(name)} onChange={() => toggle(name)}>
            <span className="font-mono text-xs">
              <Shown text={name} as="name" />
            </span>{' '}
            <span className="font-mono text-faint text-xs">{type}</span>
          </Checkbox>
        ))}
      </fieldset>
    </Fold>
  );
}
