'use client';

import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useRef } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { schemaQuery } from '@/lib/client/queries';
import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { SchemaResponse, Table } from '@/lib/contract/schema';
import { udtLookup } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { columnType, isText } from '@/lib/values/value-text';
import type { ResultPlace } from '../place';
import { InspectedValue } from './inspected-value';
import { InspectorHead } from './inspector-head';
import { usePanelKeys } from './use-panel-keys';
import { WriteTimes } from './write-times';

export interface InspectorProps {
  /** As the grid counts them, from 0. */
  row: number;
  /** Which of the result's columns. */
  source: number;
  columns: readonly ResultColumn[];
  /** The row; `undefined`: not in memory (yet), `null`: gone. */
  values: Row | null | undefined;
  table: Table | undefined;
  place: ResultPlace | undefined;
  /** What can be done with the row. */
  tools?: ReactNode;
  /** Shows the whole row. */
  onRecord: () => void;
  onClose: () => void;
}

/** One value, whole: nested ones as a tree, blobs in hex, text, what a moment or an address says, when it was written. */
export default function Inspector({ row, source, columns, values, table, place, ...actions }: InspectorProps) {
  const panel = useRef<HTMLElement>(null);
  usePanelKeys(panel, (event) => isPressed('inspectorClose', event) && actions.onClose());
  const column = columns[source];
  const schema = useSchema(place);
  if (column === undefined) return null;
  const type = wholeType(column.type, schema, place);
  const value = values?.[source];
  return (
    <aside
      ref={panel}
      aria-label="Inspector"
      className="absolute inset-y-0 right-0 z-20 flex w-[min(26rem,100%)] shrink-0 flex-col border-line border-l bg-surface md:static md:w-96"
    >
      <InspectorHead row={row} column={column} value={value} type={type} {...actions} />
      {values === undefined && <Said>Loading this row again.</Said>}
      {values === null && <Said>This row has been deleted since the table was read.</Said>}
      {value === null && <Said>null: no value is stored.</Said>}
      {value === '' && <Said>{isText(type) ? 'Empty text: not null.' : 'A value of zero bytes: not null.'}</Said>}
      {value !== undefined && value !== null && value !== '' && (
        <InspectedValue key={`${row} ${source}`} value={value} type={type} />
      )}
      {values != null && table !== undefined && place !== undefined && (
        <WriteTimes
          key={`age ${row} ${source}`}
          column={column}
          columns={columns}
          values={values}
          table={table}
          place={place}
        />
      )}
    </aside>
  );
}

function Said({ children }: { children: string }) {
  return <p className="flex-1 p-3 text-muted text-sm italic">{children}</p>;
}

function useSchema(place: ResultPlace | undefined): SchemaResponse | undefined {
  const { data } = useQuery({ ...schemaQuery(place?.cluster ?? ''), enabled: place !== undefined });
  return data;
}

/** The type with the fields of user-defined types, where the schema is known; else as far as its text says it. */
function wholeType(
  text: string,
  schema: SchemaResponse | undefined,
  place: ResultPlace | undefined,
): CqlType | undefined {
  try {
    if (schema !== undefined) return parseCqlType(text, udtLookup(schema.keyspaces), place?.keyspace ?? undefined);
  } catch {
    // A type that this page cannot read: its values are shown by their shape.
  }
  return columnType(text);
}
