import { Field } from '@/components/ui/field';
import { Input, TrueOrFalse } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { exampleOf, isChoice } from '@/lib/wire/typed-text';

type KeyFieldProps = {
  column: ColumnShape;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
};

/** One column of the partition key, asked for in the way of its type. */
export function KeyField({ column, text, error, onChange }: KeyFieldProps) {
  const isNested = column.type.kind !== 'native' && column.type.kind !== 'custom';
  const example = exampleOf(column.type);
  const label = (
    <>
      <span className="font-mono text-ink">
        <Shown text={column.name} as="name" />
      </span>{' '}
      <span className="font-mono">{formatCqlType(column.type)}</span>
    </>
  );
  return (
    <Field label={label} error={error} {...(isNested ? { hint: `As CQL, such as ${example}, or as JSON` } : {})}>
      {(field) =>
        isChoice(column.type) ? (
          <TrueOrFalse {...field} value={text} onChange={(event) => onChange(event.target.value)} />
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
