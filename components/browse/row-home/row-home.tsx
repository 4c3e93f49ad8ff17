import { MapPin } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { TablePlace } from '../place';
import { rowKeyOf } from './row-key';

const RowHomeDialog = lazy(() => import('./row-home-dialog'));

interface RowHomeProps {
  place: TablePlace;
  table: Table;
  columns: readonly ResultColumn[];
  values: readonly JsonValue[];
}

/** "Where does this row live?", for the selected row: in the line below the rows and in the palette. */
export default function RowHome({ place, table, columns, values }: RowHomeProps) {
  const [open, setOpen] = useState(false);
  const found = useMemo(() => rowKeyOf(table, columns, values), [table, columns, values]);
  const placed = table.kind !== 'virtual';
  const possible = placed && 'key' in found;
  const commands = useMemo(
    (): readonly Command[] =>
      possible ? [{ id: 'row-home', label: 'Where does this row live?', group: 'page', run: () => setOpen(true) }] : [],
    [possible],
  );
  useOfferCommands(commands);
  if (!placed) return null;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<MapPin size={12} aria-hidden="true" />}
        aria-label="Where does this row live?"
        disabled={!possible}
        title={'missing' in found ? `The columns shown lack ${found.missing.join(', ')} of the key` : undefined}
        onClick={() => setOpen(true)}
      >
        <span className="sr-only sm:not-sr-only">Where?</span>
      </Button>
      {open && 'key' in found && (
        // The line below the rows keeps its text on one line; what opens from it does not.
        <div className="whitespace-normal">
          <Suspense>
            <RowHomeDialog place={place} rowKey={found.key} onClose={() => setOpen(false)} />
          </Suspense>
        </div>
      )}
    </>
  );
}
