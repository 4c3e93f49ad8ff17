import type { Ref } from 'react';
import { Input, TrueOrFalse } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { exampleOf, isChoice } from '@/lib/wire/typed-text';

/** Room for a value of the type, in characters. */
const [LEAST_WIDTH, MOST_WIDTH] = [12, 38];

interface KeyFieldProps {
  ref?: Ref<HTMLInputElement> | undefined;
  id: string;
  column: ColumnShape;
  text: string;
  isWrong: boolean;
  /** Of the element that says what is wrong. */
  noteId: string;
  onText: (text: string) => void;
}

/** One column of the key, its name before the field: a line of them reads like the key. */
export function KeyField({ ref, id, column: { name, type }, text, isWrong, noteId, onText }: KeyFieldProps) {
  const example = exampleOf(type);
  const typeText = formatCqlType(type);
  const control = {
    id,
    title: typeText,
    value: text,
    ...(isWrong ? { 'aria-invalid': true, 'aria-describedby': noteId } : {}),
  };
  return (
    <div className="flex min-w-0 items-center gap-1.5 max-sm:basis-full">
      <label htmlFor={id} className="shrink-0 break-all font-mono text-muted text-xs max-sm:w-24 max-sm:shrink">
        <Shown text={name} as="name" /> <span className="sr-only">{typeText}</span>
      </label>
      {isChoice(type) ? (
        <TrueOrFalse {...control} dense className="w-24!" onChange={({ target }) => onText(target.value)} />
      ) : (
        <Input
          {...control}
          ref={ref}
          mono
          className="h-6! text-xs! max-sm:w-auto! max-sm:flex-1"
          style={{ width: `${Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, example.length + 3))}ch` }}
          placeholder={example}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => onText(target.value)}
        />
      )}
    </div>
  );
}
