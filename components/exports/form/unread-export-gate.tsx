import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { UnreadParts } from '@/components/ui/unread-parts';
import type { UnreadPart } from '@/lib/client/unread-parts';
import { useSearchState, WHOLE_SEARCH } from '@/lib/client/use-search-state';
import { readExportAddress } from './export-address';
import { exportWords } from './export-words';
import { emptyExport, readableExport } from './unread-export';

/** In place of the form: which parts of the address cannot be read and why, and what the form can be filled with. */
export default function UnreadExportGate({ parts }: { parts: readonly UnreadPart[] }) {
  const [{ search }, write] = useSearchState(WHOLE_SEARCH);
  const readable = readableExport(search);
  const kept = exportWords(readExportAddress(readable));
  return (
    <EmptyState
      title="Not filled in: the address of this export is damaged"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {kept.length > 0 && (
            <Button onClick={() => write({ search: readable }, 'push')}>Fill in what can be read</Button>
          )}
          <Button onClick={() => write({ search: emptyExport(search) }, 'push')}>Start with an empty form</Button>
        </div>
      }
    >
      <UnreadParts parts={parts} />
      <p className="mt-2">
        {kept.length > 0
          ? `What can be read: ${kept.join('; ')}.`
          : 'Nothing else in it describes an export. Ask for the link again, or start with an empty form.'}
      </p>
    </EmptyState>
  );
}
