import { Loading, Skeleton } from '@/components/ui/skeleton';

/** The page's shapes before anything is known. */
export function RingSkeleton() {
  return (
    <Loading label="Reading the ring">
      <div className="space-y-4">
        <div className="grid gap-4 lg:grid-cols-[minmax(0,432px)_minmax(0,1fr)]">
          <div className="rounded-md border border-line bg-surface p-4">
            <Skeleton className="aspect-square w-full max-w-[400px] rounded-full" />
          </div>
          <div className="space-y-3 rounded-md border border-line bg-surface p-4">
            <Skeleton className="h-5 w-48" />
            <Skeleton className="h-8" />
            <Skeleton className="h-8" />
          </div>
        </div>
        <div className="space-y-2 rounded-md border border-line bg-surface p-4">
          <Skeleton />
          <Skeleton />
          <Skeleton />
        </div>
      </div>
    </Loading>
  );
}
