import { useMemo, useSyncExternalStore } from 'react';
import type { BrowseAddress, BrowseChange } from '@/lib/browse/address';
import { textsOfRow } from '@/lib/browse/partition-key';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { KeyForm } from './key-form';
import type { SelectedRow } from './selected-row';

interface KeyBarProps {
  shape: TableShape;
  address: BrowseAddress;
  selected: SelectedRow;
  onChange: (change: BrowseChange) => void;
}

/** The key form above the rows: the partition it opens is the view in the address. */
export default function KeyBar({ shape, address, selected, onChange }: KeyBarProps) {
  const row = useSyncExternalStore(selected.subscribe, selected.get);
  const start = useMemo(() => row && textsOfRow(row.columns, row.values, shape), [row, shape]);
  return (
    <KeyForm
      shape={shape}
      filters={address.filters}
      row={start}
      onOpen={(filters) => onChange({ filters, filtering: false })}
      onAllRows={() => onChange({ filters: [], filtering: false, reversed: false })}
    />
  );
}
