import { useQuery } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import type { BrowseAddress } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/client/place';
import { clustersQuery } from '@/lib/client/queries';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { useTable } from './use-table';

const loadSheet = () => import('@/components/edit/many/many-sheet');
const ManySheet = lazy(() => loadSheet().then((sheet) => ({ default: sheet.ManySheet })));

interface ChangeManyButtonProps {
  place: TablePlace;
  shape: TableShape | undefined;
  address: BrowseAddress;
}

/** Changes all rows that the address finds; only where the person may write, and anybody. */
export function ChangeManyButton({ place, shape, address }: ChangeManyButtonProps) {
  const { cluster, keyspace, table } = place;
  const [open, setOpen] = useState(false);
  const isReadOnly = useQuery(clustersQuery()).data?.clusters.find(({ name }) => name === cluster)?.readOnly ?? true;
  const { kind, lacks } = useTable(place) ?? {};
  if (isReadOnly || shape === undefined || kind !== 'table' || lacks?.includes('write')) return null;
  const { filters, filtering } = address;
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={<PenLine size={12} aria-hidden="true" />}
        onPointerEnter={() => void loadSheet()}
        onFocus={() => void loadSheet()}
        onClick={() => setOpen(true)}
        title="Set columns of all rows that the filters find, or delete them"
      >
        <span className="max-sm:sr-only">Change rows like these…</span>
      </Button>
      {open && (
        <Later>
          <ManySheet
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
