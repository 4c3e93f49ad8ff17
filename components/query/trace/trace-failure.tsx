import { ErrorState } from '@/components/ui/error-state';
import { ApiFailure } from '@/lib/client/http';

/** Why a trace cannot be shown: none is there, it has expired, or the right to read it is missing. */
export function TraceFailure({
  error,
  onRetry,
  isRetrying,
}: {
  error: Error;
  onRetry: () => void;
  isRetrying: boolean;
}) {
  const told =
    error instanceof ApiFailure ? error.error : { message: 'The trace could not be read.', detail: error.message };
  const { message, detail } = told;
  const hint = 'hint' in told ? told.hint : undefined;
  return (
    <ErrorState className="m-3" message={message} hint={hint} detail={detail} onRetry={onRetry} retrying={isRetrying} />
  );
}
