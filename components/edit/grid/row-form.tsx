import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { JsonValue } from '@/lib/contract/json';
import type { RowKey } from '@/lib/cql/row-key';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { EditTable } from '@/lib/edit/table';
import { ValueForm } from '../cell/value-form';
import { TtlField } from './ttl-field';

export interface RowFormProps {
  table: EditTable;
  title: string;
  description: string;
  /** `key`: only the primary key is asked. */
  asks: 'row' | 'key';
  /** What it begins with; columns that are not in it are unset. */
  values: Readonly<Record<string, JsonValue>>;
  submit: string;
  /** Values of a column in memory, to offer. */
  seenOf: (name: string) => readonly JsonValue[];
  /** @throws with the reason why it is refused, which is shown in the form */
  onSubmit: (key: RowKey, values: Readonly<Record<string, JsonValue>>, ttlSeconds: number | undefined) => void;
  onClose: () => void;
}

/** What a field has: undefined is unset. */
interface Held {
  readonly value: JsonValue | undefined;
  readonly problem: string | null;
}

/** Asks for a row's key, and for its values. */
export function RowForm(props: RowFormProps) {
  const id = useId();
  const { table, title, description, values, submit, seenOf, onClose } = props;
  const { keys, others, isWrong, problem, hold, setTtl, onForm } = useRowForm(props);
  const field = (column: ColumnShape, isKey: boolean, isFirst = false) => (
    <ValueForm
      key={column.name}
      column={column}
      label={labelOf(column)}
      value={values[column.name]}
      seen={seenOf(column.name)}
      required={isKey}
      isAlone={column.kind === 'partition_key' && table.shape.partitionKey.length === 1}
      autoFocus={isFirst}
      onChange={(value, why) => hold(column.name, { value, problem: why })}
    />
  );
  const footer = (
    <>
      {problem !== null && (
        <p role="alert" className="mr-auto text-danger text-sm">
          {problem}
        </p>
      )}
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" form={id} variant="primary" disabled={isWrong}>
        {submit}
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title={title} description={description} footer={footer}>
      <form id={id} onSubmit={onForm} className="flex flex-col gap-3">
        {keys.map((column, index) => field(column, true, index === 0))}
        {others.length > 0 && (
          <TtlField label="TTL of the row (seconds)" unset="the table’s default" onChange={setTtl} />
        )}
        {others.map((column) => field(column, false))}
      </form>
    </Dialog>
  );
}

/** What the fields hold, and whether it is a row. */
function useRowForm({ table, asks, values, onSubmit }: RowFormProps) {
  const { partitionKey, clusteringKey, columns } = table.shape;
  const names = [...partitionKey, ...clusteringKey];
  const keys = names.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  const others = asks === 'key' ? [] : columns.filter(({ name }) => !names.includes(name));
  const [held, setHeld] = useState<Readonly<Record<string, Held>>>(() => heldOf(values));
  const [ttl, setTtl] = useState<number | null | undefined>(undefined);
  const [problem, setProblem] = useState<string | null>(null);
  const lacks = keys.some(({ name }) => held[name]?.value == null);
  const isWrong = lacks || ttl === null || Object.values(held).some((one) => one.problem !== null);
  const onForm = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong) return;
    try {
      onSubmit(valuesOf(keys, held), valuesOf(others, held), ttl ?? undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const hold = (name: string, one: Held) => setHeld((now) => ({ ...now, [name]: one }));
  return { keys, others, isWrong, problem, hold, setTtl, onForm };
}

/** Those that are set. */
function valuesOf(columns: readonly ColumnShape[], held: Readonly<Record<string, Held>>): Record<string, JsonValue> {
  return Object.fromEntries(
    columns.flatMap(({ name }): [string, JsonValue][] => {
      const value = held[name]?.value;
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function heldOf(values: RowFormProps['values']): Record<string, Held> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, problem: null }]));
}

const KINDS = {
  partition_key: 'partition key',
  clustering: 'clustering key',
  static: 'static: of the whole partition',
};

function labelOf({ name, kind }: ColumnShape): string {
  return kind === 'regular' ? name : `${name} (${KINDS[kind]})`;
}
