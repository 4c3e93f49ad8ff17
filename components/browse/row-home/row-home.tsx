import { MapPin } from 'lucide-react';
import { lazy, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import type { TablePlace } from '@/lib/client/place';
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
  /** The row whose place is shown. */
  opened: Row | null;
  onOpen: (row: Row | null) => void;
}

/** "Where does this row live?", for the selected row: in the line below the rows, in the palette and in the inspector. */
export default function RowHome({ at, table, columns, values, onOpen, ...props }: RowHomeProps) {
  const found = useMemo(() => rowKeyOf(table, columns, values), [table, columns, values]);
  // Each node computes its own rows of a virtual table: they live nowhere.
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

/** The button in the bar, the command, and the dialog that both open. */
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
      {/* A disabled button gets no pointer events: its wrapper says why. */}
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
        // The line below the rows does not wrap; what opens from it does.
        <div className="whitespace-normal">
          <Later>
            <RowHomeDialog place={place} rowKey={found.key} onClose={() => onOpen(null)} />
          </Later>
        </div>
      )}
    </>
  );
}

function lackOf(found: FoundKey): string | undefined {
  return 'missing' in found
    ? `Show ${found.missing.join(', ')} as well: without the whole key the row cannot be found`
    : undefined;
}
