import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { UnreadParts } from '@/components/ui/unread-parts';
import { readAddress } from '@/lib/browse/address';
import { readableSearch, wholeSearch } from '@/lib/browse/unread-address';
import { viewWords } from '@/lib/browse/view-words';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { useSearchState, WHOLE_SEARCH } from '@/lib/client/use-search-state';

interface UnreadGateProps {
  parts: readonly UnreadPart[];
  /** Another view is in the address: the buttons go. */
  onChosen: () => void;
}

/** In place of rows: which parts of the address cannot be read and why, and what can be shown instead. */
export default function UnreadGate({ parts, onChosen }: UnreadGateProps) {
  const [{ search }, write] = useSearchState(WHOLE_SEARCH);
  const readable = readableSearch(search);
  const kept = viewWords(readAddress(readable));
  const choose = (next: string) => {
    onChosen();
    write({ search: next }, 'push');
  };
  return (
    <EmptyState
      title="Not read: the address of this view is damaged"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {kept.length > 0 && <Button onClick={() => choose(readable)}>Show what can be read</Button>}
          <Button onClick={() => choose(wholeSearch(search))}>Show the whole table</Button>
        </div>
      }
    >
      <UnreadParts parts={parts} />
      <p className="mt-2">
        {kept.length > 0
          ? `What can be read: ${kept.join('; ')}.`
          : 'Nothing else in it describes a view. Ask for the link again, or start from the whole table.'}
      </p>
    </EmptyState>
  );
}
