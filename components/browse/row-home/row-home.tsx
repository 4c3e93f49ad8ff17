import { MapPin } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { IconButton } from '@/components/ui/icon-button';
import type { TablePlace } from '@/lib/browse/place';
import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { rowKeyOf } from '@/lib/cql/row-key';

const RowHomeDialog = lazy(() => import('./row-home-dialog'));

const LABEL = 'Where does this row live?';

interface RowHomeProps {
  place: TablePlace;
  table: Table;
  columns: readonly ResultColumn[];
  values: Row;
  at: 'bar' | 'inspector';
  /** The row of which this is shown now. */
  opened: Row | null;
  onOpen: (row: Row | null) => void;
}

/** "Where does this row live?", for the selected row: in the line below the rows, in the palette and in the inspector. */
export default function RowHome({ at, table, columns, values, onOpen, ...props }: RowHomeProps) {
  const found = useMemo(() => rowKeyOf(table, columns, values), [table, columns, values]);
  // Rows of a virtual table are made on the node that is asked: they live nowhere.
  if (table.kind === 'virtual') return null;
  if (at === 'bar') return <BarHome {...props} values={values} found={found} onOpen={onOpen} />;
  return (
    <span title={lackOf(found)} className="shrink-0">
      <IconButton label={LABEL} size="sm" disabled={!('key' in found)} onClick={() => onOpen(values)}>
        <MapPin size={14} aria-hidden="true" />
      </IconButton>
    </span>
  );
}

type FoundKey = ReturnType<typeof rowKeyOf>;

type BarHomeProps = Pick<RowHomeProps, 'place' | 'values' | 'opened' | 'onOpen'> & { found: FoundKey };

/** The button in the bar and the command; the dialog is opened here, whoever asks for it. */
function BarHome({ place, values, found, opened, onOpen }: BarHomeProps) {
  const possible = 'key' in found;
  const commands = useMemo(
    (): readonly Command[] =>
      possible ? [{ id: 'row-home', label: LABEL, group: 'page', run: () => onOpen(values) }] : [],
    [possible, values, onOpen],
  );
  useOfferCommands(commands);
  return (
    <>
      {/* A disabled button is not pointed at: what is around it says why. */}
      <span title={lackOf(found)} className="shrink-0">
        <Button
          size="sm"
          variant="ghost"
          icon={<MapPin size={12} aria-hidden="true" />}
          aria-label={LABEL}
          disabled={!possible}
          title={lackOf(found)}
          onClick={() => onOpen(values)}
        >
          <span className="sr-only @xl:not-sr-only">Where?</span>
        </Button>
      </span>
      {opened === values && 'key' in found && (
        // The line below the rows keeps its text on one line; what opens from it does not.
        <div className="whitespace-normal">
          <Suspense>
            <RowHomeDialog place={place} rowKey={found.key} onClose={() => onOpen(null)} />
          </Suspense>
        </div>
      )}
    </>
  );
}

function lackOf(found: FoundKey): string | undefined {
  return 'missing' in found ? `The columns shown lack ${found.missing.join(', ')} of the key` : undefined;
}
