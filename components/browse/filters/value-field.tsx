import { Field } from '@/components/ui/field';
import { Input, TrueOrFalse } from '@/components/ui/input';
import type { CqlType } from '@/lib/cql/types';
import { typedListTextOf, typedTextOf } from '@/lib/wire/as-typed';
import { exampleOf, isChoice, parseTypedList, parseTypedText } from '@/lib/wire/typed-text';

interface ValueFieldProps {
  label: string;
  type: CqlType | undefined;
  /** Several values, set apart by commas. */
  several?: boolean;
  focused?: boolean;
  hint?: string;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
  /** The person is done with it, for now. */
  onLeave: () => void;
}

/** One value, asked for in the way of its type; how it was understood stands below where that is not what was typed. */
export function ValueField(props: ValueFieldProps) {
  const { label, type, several = false, focused = false, hint, text, error, onChange, onLeave } = props;
  if (type === undefined) return null;
  const understood = text === '' ? null : readAs(text, type, several);
  const example = exampleOf(type);
  return (
    <Field label={label} error={error} hint={understood ?? hint}>
      {(control) =>
        isChoice(type) && !several ? (
          <TrueOrFalse
            {...control}
            autoFocus={focused}
            value={text}
            onChange={({ target }) => onChange(target.value)}
          />
        ) : (
          <Input
            {...control}
            mono
            autoFocus={focused}
            value={text}
            placeholder={several ? `${example}, …` : example}
            onChange={({ target }) => onChange(target.value)}
            onBlur={onLeave}
          />
        )
      }
    </Field>
  );
}

/** `= 2001-01-09T05:10:00.000Z` for a moment typed with another offset; null where it reads as it was typed. */
function readAs(text: string, type: CqlType, several: boolean): string | null {
  const typed = several ? parseTypedList(text, type) : parseTypedText(text, type);
  if ('problem' in typed) return null;
  const { value } = typed;
  const shown = several && Array.isArray(value) ? typedListTextOf(value) : typedTextOf(value);
  return shown.replaceAll(' ', '') === text.replaceAll(' ', '') ? null : `= ${shown}`;
}
