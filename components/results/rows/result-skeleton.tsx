import { HEADER_PX, ROW_PX } from '@/components/grid/types';
import { Loading, Skeleton } from '@/components/ui/skeleton';

const ROWS = Array.from({ length: 14 }, (_, row) => `row-${row}`);
const COLUMNS: readonly { readonly key: string; readonly width: string }[] = [
  { key: 'a', width: 'w-20' },
  { key: 'b', width: 'w-28' },
  { key: 'c', width: 'w-40' },
  { key: 'd', width: 'w-16' },
  { key: 'e', width: 'w-24' },
  { key: 'f', width: 'w-32' },
];

/** A grid before anything of it is known: the same heights, so that nothing moves when it comes. */
export function ResultSkeleton() {
  return (
    <Loading label="Reading the first page">
      <SkeletonLine heightPx={HEADER_PX} bar="h-3" />
      {ROWS.map((row) => (
        <SkeletonLine key={row} heightPx={ROW_PX} bar="h-2" />
      ))}
    </Loading>
  );
}

function SkeletonLine({ heightPx, bar }: { heightPx: number; bar: string }) {
  return (
    <div className="flex items-center gap-6 border-line border-b px-2" style={{ height: heightPx }}>
      {COLUMNS.map(({ key, width }) => (
        <Skeleton key={key} className={`shrink-0 ${bar} ${width}`} />
      ))}
    </div>
  );
}
