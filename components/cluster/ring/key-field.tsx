import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { TableColumn } from '@/lib/contract/schema';
import { keyFieldOf } from './key-value';

type KeyFieldProps = {
  column: TableColumn;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
};

/** One column of the partition key, asked for in the way of its type. */
export function KeyField({ column, text, error, onChange }: KeyFieldProps) {
  const { control, example, json } = keyFieldOf(column.type);
  const label = (
    <>
      <span className="font-mono text-ink">{column.name}</span> <span className="font-mono">{column.type}</span>
    </>
  );
  return (
    <Field label={label} error={error} {...(json ? { hint: `As JSON, such as ${example}` } : {})}>
      {(field) =>
        control === 'boolean' ? (
          <Select {...field} value={text} onChange={(event) => onChange(event.target.value)}>
            <option value="">choose</option>
            <option>true</option>
            <option>false</option>
          </Select>
        ) : (
          <Input
            {...field}
            mono
            placeholder={example}
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}
