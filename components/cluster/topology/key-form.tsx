import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { errorDetail } from '@/lib/client/error-detail';
import type { KeyTable } from '@/lib/cluster/key-tables';
import { KeyField } from './key-field';
import type { FoundKey } from './use-found-key';

interface KeyFormProps {
  table: KeyTable;
  /** What the fields begin with. */
  texts: readonly string[];
  found: FoundKey;
  onFind: (texts: string[]) => void;
}

/** One field for each column of a partition key. */
export default function KeyForm(props: KeyFormProps) {
  const { table, found, onFind } = props;
  const [texts, setTexts] = useState(() => table.partitionKey.map((_, index) => props.texts[index] ?? ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFind(texts);
  };
  const change = (index: number, text: string) => setTexts(texts.map((old, place) => (place === index ? text : old)));
  return (
    <form onSubmit={submit} className="space-y-3">
      <div className="grid gap-3 sm:grid-cols-2">
        {table.partitionKey.map((column, index) => (
          <KeyField
            key={column.name}
            column={column}
            text={texts[index] ?? ''}
            error={found.fieldErrors.get(column.name)}
            onChange={(text) => change(index, text)}
          />
        ))}
      </div>
      <Button type="submit" variant="primary" busy={found.isLoading} icon={<Search size={14} aria-hidden="true" />}>
        Find on the ring
      </Button>
      {found.error !== undefined && (
        <ErrorState
          message={found.error.message}
          hint={found.error.hint}
          detail={errorDetail(found.error)}
          onRetry={found.error.retryable ? found.retry : undefined}
        />
      )}
    </form>
  );
}
