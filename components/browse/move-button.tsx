import { ArrowRightLeft } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import type { BrowseAddress } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/client/place';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { useTable } from './use-table';

const loadSheet = () => import('@/components/move/move-sheet');
const MoveSheet = lazy(() => loadSheet().then((sheet) => ({ default: sheet.MoveSheet })));

interface MoveButtonProps {
  place: TablePlace;
  shape: TableShape | undefined;
  address: BrowseAddress;
}

/** Copies the rows that the address finds into another table, or compares the table with another. */
export function MoveButton({ place, shape, address }: MoveButtonProps) {
  const { cluster, keyspace, table } = place;
  const [open, setOpen] = useState(false);
  const lacks = useTable(place)?.lacks;
  if (shape === undefined || shape.isVirtual || lacks?.includes('export')) return null;
  const { filters, filtering } = address;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<ArrowRightLeft size={12} aria-hidden="true" />}
        onPointerEnter={() => void loadSheet()}
        onFocus={() => void loadSheet()}
        onClick={() => setOpen(true)}
        title="Copy these rows to another table or cluster, or compare two tables"
      >
        <span className="max-lg:sr-only">Copy or compare…</span>
      </Button>
      {open && (
        <Later>
          <MoveSheet
            cluster={cluster}
            rows={{ keyspace, table, filters, filtering }}
            shape={shape}
            onClose={() => setOpen(false)}
          />
        </Later>
      )}
    </>
  );
}
