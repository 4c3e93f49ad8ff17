'use client';

import { lazy } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { Skeleton } from '@/components/ui/skeleton';
import { keyTablesOf } from '@/lib/cluster/key-tables';
import type { Keyspace } from '@/lib/contract/schema';
import { plural } from '@/lib/text/format';
import type { FoundKey } from './use-found-key';

const KeyForm = lazy(() => import('./key-form'));

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
      <Later fallback={<Skeleton className="h-24" />}>
        <KeyForm
          key={JSON.stringify([keyspace.name, table.name, texts])}
          table={table}
          texts={texts}
          found={found}
          onFind={onFind}
        />
      </Later>
    </div>
  );
}
