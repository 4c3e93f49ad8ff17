import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { errorDetail } from '@/lib/client/error-detail';
import { ApiFailure, isDisconnected } from '@/lib/client/http';

type FailureStateProps = {
  /** What could not be done. */
  title: string;
  error: Error;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  className?: string | undefined;
  /** No strip stands above it: it says what is wrong even while nothing can be reached. */
  alone?: boolean;
};

/**
 * A failed request: meaning and hint as the server gave them, its cause one click away. While the cluster or Ringside is
 * out of reach, the strip above the page says why and reconnects: the place only says that it is empty.
 */
export function FailureState({ error, alone = false, ...props }: FailureStateProps) {
  if (!alone && isDisconnected(error)) {
    const { onRetry, retrying } = props;
    return (
      <p className="flex flex-wrap items-center justify-center gap-2 p-4 text-muted text-sm">
        Not loaded yet: waiting for the connection.
        {onRetry !== undefined && (
          <Button size="sm" onClick={onRetry} busy={retrying}>
            Try again
          </Button>
        )}
      </p>
    );
  }
  if (!(error instanceof ApiFailure)) return <ErrorState {...props} message={error.message} />;
  const { message, hint } = error.error;
  return <ErrorState {...props} message={message} hint={hint} detail={errorDetail(error.error)} />;
}
