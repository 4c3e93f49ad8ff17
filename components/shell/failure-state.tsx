import { ErrorState } from '@/components/ui/error-state';
import { ApiFailure } from '@/lib/client/http';

type FailureStateProps = {
  /** What could not be done. */
  title: string;
  error: Error;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  className?: string | undefined;
};

/** A failed request: meaning and hint as the server gave them, its cause one click away. */
export function FailureState({ error, ...props }: FailureStateProps) {
  const told = error instanceof ApiFailure ? error.error : { message: error.message };
  return (
    <ErrorState
      {...props}
      message={told.message}
      hint={'hint' in told ? told.hint : undefined}
      detail={'detail' in told ? told.detail : undefined}
    />
  );
}
