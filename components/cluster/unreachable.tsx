import { FailureState } from '@/components/shell/failure-state';
import { EmptyState } from '@/components/ui/empty-state';

type UnreachableProps = {
  error: Error;
  /** It is the Cassandra of `npm start`, which has ended. */
  endedHere: boolean;
  onRetry: () => void;
  retrying: boolean;
};

/** One message for a page that nothing could be read for. */
export default function Unreachable({ error, endedHere, onRetry, retrying }: UnreachableProps) {
  if (!endedHere) {
    return <FailureState title="The cluster could not be read" error={error} onRetry={onRetry} retrying={retrying} />;
  }
  return (
    <EmptyState title="Cassandra is not running">
      The message at the top of the page says why it ended and restarts it. Its data is kept.
    </EmptyState>
  );
}
