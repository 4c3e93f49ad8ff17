import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { Filter } from '@/lib/contract/filters';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { CostBadge } from './cost-badge';
import { typedText } from './filter-text';
import { operandType, parseTyped, valuePlaceholder } from './filter-value';
import { nextFilterColumn, operatorsFor } from './operators';
import type { ViewPlan } from './planner';

type Operator = Filter['operator'];

interface FilterFormProps {
  shape: TableShape;
  /** The filters beside this one. */
  others: readonly Filter[];
  initial?: Filter;
  plan: (filters: readonly Filter[]) => ViewPlan | undefined;
  verb: string;
  onApply: (filter: Filter) => void;
}

const GROUPS: readonly { readonly kind: ColumnShape['kind']; readonly label: string }[] = [
  { kind: 'partition_key', label: 'Partition key' },
  { kind: 'clustering', label: 'Clustering' },
  { kind: 'static', label: 'Static' },
  { kind: 'regular', label: 'Other columns' },
];

/** One condition: column, operator, value. It says what the view would cost with it before it is applied. */
export function FilterForm({ shape, others, initial, plan, verb, onApply }: FilterFormProps) {
  const [columnName, setColumnName] = useState(initial?.column ?? nextFilterColumn(shape, others));
  const column = shape.columns.find(({ name }) => name === columnName);
  const operators = column === undefined ? [] : operatorsFor(column);
  const [picked, setPicked] = useState<Operator>(initial?.operator ?? '=');
  const operator = operators.includes(picked) ? picked : (operators[0] ?? '=');
  const [text, setText] = useState(initial === undefined ? '' : typedText(initial.value, initial.operator));
  const [tried, setTried] = useState(false);
  if (column === undefined) return null;

  const typed = parseTyped(text, column.type, operator);
  const filter = 'value' in typed ? { column: columnName, operator, value: typed.value } : null;
  const built = filter === null ? undefined : plan([...others, filter]);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (filter !== null) onApply(filter);
  };
  const error = 'problem' in typed && tried ? typed.problem : undefined;

  return (
    <form onSubmit={apply} className="flex flex-col gap-3">
      <Field label="Column">
        {(control) => (
          <Select {...control} value={columnName} onChange={({ target }) => setColumnName(target.value)}>
            {GROUPS.map(({ kind, label }) => (
              <ColumnGroup key={kind} label={label} columns={shape.columns.filter((one) => one.kind === kind)} />
            ))}
          </Select>
        )}
      </Field>
      <Field label="Operator">
        {(control) => (
          <Select
            {...control}
            value={operator}
            onChange={({ target }) => setPicked(operators.find((one) => one === target.value) ?? '=')}
          >
            {operators.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Value" error={error} hint={formatCqlType(operandType(column.type, operator))}>
        {(control) => (
          <Input
            {...control}
            mono
            autoFocus
            value={text}
            placeholder={valuePlaceholder(column.type, operator)}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <div className="flex min-h-6 items-center justify-between gap-2">
        <span className="min-w-0">{built !== undefined && <CostBadge built={built} />}</span>
        <Button type="submit" variant="primary" size="sm">
          {verb}
        </Button>
      </div>
    </form>
  );
}

function ColumnGroup({ label, columns }: { label: string; columns: readonly ColumnShape[] }) {
  if (columns.length === 0) return null;
  return (
    <optgroup label={label}>
      {columns.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
