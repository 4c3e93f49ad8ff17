import { Loading, Skeleton } from '@/components/ui/skeleton';

/** The shapes of a schema page while the schema loads. */
export function SchemaSkeleton() {
  return (
    <Loading label="Reading the schema">
      <div className="space-y-4">
        {['h-56', 'h-40'].map((height) => (
          <div key={height} className={`space-y-3 rounded-md border border-line bg-surface p-4 ${height}`}>
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-4 w-2/3" />
            <Skeleton className="h-4 w-3/4" />
          </div>
        ))}
      </div>
    </Loading>
  );
}
