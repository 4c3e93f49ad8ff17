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
  const failure = error instanceof ApiFailure ? error.error : { message: error.message };
  return (
    <ErrorState
      {...props}
      message={failure.message}
      hint={'hint' in failure ? failure.hint : undefined}
      detail={'detail' in failure ? failure.detail : undefined}
    />
  );
}
