import type { UseQueryResult } from '@tanstack/react-query';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { TypedName } from '@/components/ui/typed-name';
import { errorText } from '@/lib/client/error-text';
import type { SchedulePlan } from '@/lib/contract/schedules';

interface PlannedRunsProps {
  plan: Pick<UseQueryResult<SchedulePlan>, 'data' | 'error' | 'refetch' | 'isFetching'>;
  typed: string;
  onType: (typed: string) => void;
}

/** What each run of a schedule sends, what to know before it repeats, and the name that confirms it. */
export function PlannedRuns({ plan: { data, error, refetch, isFetching }, typed, onType }: PlannedRunsProps) {
  if (error !== null) {
    return (
      <ErrorState
        title="This cannot repeat"
        {...errorText(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }
  if (data === undefined) {
    return (
      <Loading label="Working out what each run sends">
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  return (
    <section aria-label="What each run sends" className="space-y-2">
      <h3 className="font-medium text-muted text-xs">Each run sends</h3>
      <code className="block whitespace-pre-wrap break-words text-xs">
        <Shown text={data.statement} as="text" />
      </code>
      {data.notes.length > 0 && (
        <ul className="list-disc space-y-1 pl-4 text-muted text-xs">
          {data.notes.map((note) => (
            <li key={note}>
              <Shown text={note} as="text" />
            </li>
          ))}
        </ul>
      )}
      {data.confirmName !== null && <TypedName name={data.confirmName} {...{ typed, onType }} />}
    </section>
  );
}
