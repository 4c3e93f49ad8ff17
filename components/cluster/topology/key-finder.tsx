'use client';

import { Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { errorDetail } from '@/lib/client/error-detail';
import { type KeyTable, keyTablesOf } from '@/lib/cluster/key-tables';
import type { Keyspace } from '@/lib/contract/schema';
import { plural } from '@/lib/text/format';
import { KeyField } from './key-field';
import type { FoundKey } from './use-found-key';

type KeyFinderProps = {
  keyspace: Keyspace;
  table: string | null;
  /** What the address has for each partition key column; empty before a key is searched for. */
  texts: readonly string[];
  found: FoundKey;
  onChooseTable: (table: string) => void;
  onFind: (texts: string[]) => void;
};

/** "Where does a key live?": a table, one field for each column of its partition key, and the place on the ring. */
export function KeyFinder({ keyspace, table: chosen, texts, found, onChooseTable, onFind }: KeyFinderProps) {
  const tables = keyTablesOf(keyspace);
  const table = tables.find(({ name }) => name === chosen) ?? tables[0];
  if (table === undefined) return <p className="text-muted text-sm">{keyspace.name} has no tables.</p>;
  return (
    <div className="space-y-3">
      <Field label="Table">
        {(control) => (
          <Select {...control} value={table.name} onChange={(event) => onChooseTable(event.target.value)}>
            {tables.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      {chosen !== null && chosen !== table.name && (
        <p className="text-sm text-warn">
          {keyspace.name} has no table {chosen}.
        </p>
      )}
      {texts.length > 0 && texts.length !== table.partitionKey.length && (
        <p className="text-sm text-warn">
          Nothing was looked up: the address has {plural(texts.length, 'value')} for a key of{' '}
          {plural(table.partitionKey.length, 'column')}.
        </p>
      )}
      {/* A new address (another table, Back) fills the fields with its values. */}
      <KeyForm
        key={JSON.stringify([keyspace.name, table.name, texts])}
        table={table}
        texts={texts}
        found={found}
        onFind={onFind}
      />
    </div>
  );
}

function KeyForm(props: {
  table: KeyTable;
  texts: readonly string[];
  found: FoundKey;
  onFind: KeyFinderProps['onFind'];
}) {
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
