import { useTableAbout } from '@/components/table-head/about/use-table-about';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { filterReach } from '@/lib/browse/filter-words';
import { planView, selectOf, type ViewChoices } from '@/lib/browse/planner';
import type { TablePlace } from '@/lib/client/place';
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
          <TableSizes place={place} />
        </dl>
        <p className="text-muted">
          Cassandra reads all of that and drops what does not match, so pages may be short or empty while nodes work. It
          is read page by page, and Stop ends it at once.
        </p>
      </div>
    </Dialog>
  );
}

/** The size of the whole table, where nodes have estimated it, with what they have on disk. */
function TableSizes({ place }: { place: TablePlace }) {
  const { size, unreliable } = useTableAbout(place);
  if (size === undefined || size.partitions === 0) return null;
  const partitions = (count: number) => plural(count, 'partition');
  return (
    <>
      <dt className="text-muted">The table has</dt>
      <dd>
        <Estimate value={size.partitions} format={partitions} unknown="" unreliable={unreliable} />,{' '}
        {unreliable === undefined && `~${formatBytes(size.bytes)} uncompressed, `}
        <DiskSize mebibytes={size.diskMebibytes} unknown="unknown" /> on disk on all nodes together
        {unreliable !== undefined && <span className="block text-warn text-xs">{unreliable}</span>}
      </dd>
    </>
  );
}
