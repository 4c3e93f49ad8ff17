import { Field } from '@/components/ui/field';
import { Input, TrueOrFalse } from '@/components/ui/input';
import type { CqlType } from '@/lib/cql/types';
import { exampleOf, isChoice } from '@/lib/wire/typed-text';
import { typedNote } from '@/lib/wire/typed-value';

interface ValueFieldProps {
  label: string;
  type: CqlType | undefined;
  /** Several values, separated by commas. */
  several?: boolean;
  focused?: boolean;
  hint?: string;
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
  /** The field lost the focus. */
  onLeave: () => void;
}

/** One value, in a field for its type. Below it: how it was understood, where that is not what was typed. */
export function ValueField(props: ValueFieldProps) {
  const { label, type, several = false, focused = false, hint, text, error, onChange, onLeave } = props;
  if (type === undefined) return null;
  const understood = text === '' ? null : typedNote(text, type, several);
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
