'use client';

import { X } from 'lucide-react';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Select, Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Shown } from '@/components/ui/shown';
import type { Filter } from '@/lib/contract/filters';
import type { Keyspace } from '@/lib/contract/schema';
import { Choice } from './choice';
import type { ExportAddress } from './export-address';
import { filterText } from './export-words';
import type { ExportChoicesState } from './use-export-choices';

/** All rows and columns of a table. */
const WHOLE = { filters: null, filtering: false, columns: null, arranged: false } as const;

interface SourceFieldsProps {
  keyspaces: readonly Keyspace[];
  state: ExportChoicesState;
}

/** What is exported: a table, or what a statement reads. */
export function SourceFields({ keyspaces, state }: SourceFieldsProps) {
  const { address, set } = state;
  const kind = address.statement === null ? 'table' : 'statement';
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className="sr-only">What to export</legend>
      <div className="flex gap-4">
        <Choice name="source" checked={kind === 'table'} onChoose={() => set({ statement: null })}>
          Table
        </Choice>
        <Choice
          name="source"
          checked={kind === 'statement'}
          onChoose={() => set({ statement: '', table: null, ...WHOLE })}
        >
          Statement
        </Choice>
      </div>
      {kind === 'table' ? (
        <TableFields keyspaces={keyspaces} state={state} />
      ) : (
        <StatementFields keyspaces={keyspaces} state={state} />
      )}
    </fieldset>
  );
}

function TableFields({ keyspaces, state: { address, set } }: SourceFieldsProps) {
  const tables = keyspaces.find(({ name }) => name === address.keyspace)?.tables;
  const unknown = address.table !== null && tables?.every(({ name }) => name !== address.table) !== false;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <KeyspaceField
          keyspaces={keyspaces}
          address={address}
          none="Choose…"
          onChange={(keyspace) => set({ keyspace, table: null, ...WHOLE })}
        />
        <Field label="Table">
          {(control) => (
            <Select
              {...control}
              className="font-mono"
              value={address.table ?? ''}
              disabled={tables === undefined}
              onChange={({ target }) => set({ table: target.value || null, ...WHOLE })}
            >
              <option value="">Choose…</option>
              {unknown && <option value={address.table ?? ''}>{address.table}</option>}
              {tables?.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {unknown && (
        <Notice tone="warn">
          Table {address.table} does not exist in keyspace {address.keyspace}, or you may not read it.
        </Notice>
      )}
      <FilterList filters={address.filters ?? []} onChange={(filters) => set({ filters, filtering: false })} />
      {address.arranged && (
        <Notice>
          The page sorted or filtered the rows itself. The file has all rows of this table
          {address.filters === null ? '' : ' that match the filters above'}, in Cassandra’s order.
        </Notice>
      )}
    </>
  );
}

/** The filters come with the link from the table's page; here they can only be removed. */
function FilterList({ filters, onChange }: { filters: readonly Filter[]; onChange: (next: Filter[] | null) => void }) {
  if (filters.length === 0) return null;
  return (
    <div>
      <p className="mb-1 font-medium text-muted text-xs">Only rows with</p>
      <ul className="space-y-1">
        {filters.map((filter, index) => {
          const text = filterText(filter);
          const rest = filters.filter((_, other) => other !== index);
          return (
            <li key={text} className="flex items-center gap-2 rounded bg-hover pl-2">
              <code className="min-w-0 flex-1 break-words text-xs">
                <Shown text={text} as="line" />
              </code>
              <IconButton
                size="sm"
                label={`Remove the filter ${text}`}
                onClick={() => onChange(rest.length === 0 ? null : rest)}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function StatementFields({ keyspaces, state: { address, set } }: SourceFieldsProps) {
  return (
    <>
      <Field label="SELECT statement" hint="Only statements that read. The whole result is exported.">
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={5}
            value={address.statement ?? ''}
            onChange={({ target }) => set({ statement: target.value })}
          />
        )}
      </Field>
      <KeyspaceField
        keyspaces={keyspaces}
        address={address}
        none="none: every table name includes its keyspace"
        onChange={(keyspace) => set({ keyspace })}
      />
    </>
  );
}

interface KeyspaceFieldProps {
  keyspaces: readonly Keyspace[];
  address: ExportAddress;
  none: string;
  onChange: (keyspace: string | null) => void;
}

function KeyspaceField({ keyspaces, address, none, onChange }: KeyspaceFieldProps) {
  const unknown = address.keyspace !== null && keyspaces.every(({ name }) => name !== address.keyspace);
  return (
    <Field label="Keyspace">
      {(control) => (
        <Select
          {...control}
          className="font-mono"
          value={address.keyspace ?? ''}
          onChange={({ target }) => onChange(target.value || null)}
        >
          <option value="">{none}</option>
          {unknown && <option value={address.keyspace ?? ''}>{address.keyspace}</option>}
          {keyspaces.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
