import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { filterReach } from '@/lib/browse/filter-words';
import { planView, selectOf, type ViewChoices } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
import { sizesQuery } from '@/lib/client/queries';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { displaySelect } from '@/lib/cql/select-builder';
import { formatBytes, plural } from '@/lib/text/format';
import { fromJson } from '@/lib/wire/encode';
import { toCqlLiteral } from '@/lib/wire/values';

interface FilterDialogProps {
  place: TablePlace;
  shape: TableShape;
  view: ViewChoices;
  onClose: () => void;
  onAgree: () => void;
}

/** ALLOW FILTERING is always a choice, made with the statement and what it reads in view; it is never implied. */
export default function FilterDialog({ place, shape, view, onClose, onAgree }: FilterDialogProps) {
  const filtering = { ...view, filtering: true };
  const { cost, needsFiltering } = planView(place, shape, filtering);
  const { words, ringShare } = filterReach(cost);
  const statement = displaySelect(selectOf(place, shape, filtering), (value, type) =>
    toCqlLiteral(fromJson(value, type), type),
  );
  const agree = () => {
    onClose();
    onAgree();
  };
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" onClick={agree}>
        Read with filtering
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Read with ALLOW FILTERING?"
      description={`Needed because ${needsFiltering ?? 'the filters require it'}.`}
      footer={footer}
    >
      <div className="flex flex-col gap-3 text-sm">
        <pre className="thin-scrollbar max-h-48 overflow-auto whitespace-pre-wrap break-words rounded bg-canvas p-2 text-xs">
          <Shown text={statement} as="text" />
        </pre>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          <dt className="text-muted">It reads</dt>
          <dd>
            {words}
            {ringShare !== null && (
              <Progress label="Share of the ring read" fraction={ringShare} className="mt-1 w-48" />
            )}
          </dd>
          <Estimate place={place} />
        </dl>
        <p className="text-muted">
          Cassandra reads all of that and drops what does not match, so pages may be short or empty while nodes work. It
          is read page by page, and Stop ends it at once.
        </p>
      </div>
    </Dialog>
  );
}

/** The size of the whole table, where nodes have estimated it. */
function Estimate({ place }: { place: TablePlace }) {
  const { data } = useQuery(sizesQuery(place.cluster));
  const size = data?.keyspaces
    .find(({ keyspace }) => keyspace === place.keyspace)
    ?.tables.find(({ table }) => table === place.table);
  if (size === undefined || size.partitions === 0) return null;
  return (
    <>
      <dt className="text-muted">The table has</dt>
      <dd>
        about {plural(size.partitions, 'partition')}, {formatBytes(size.bytes)}{' '}
        <span className="text-faint">(estimate of its SSTables, minutes old)</span>
      </dd>
    </>
  );
}
