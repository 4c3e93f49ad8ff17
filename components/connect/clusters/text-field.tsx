import type { ReactNode } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { EditForm, EditPartProps } from '@/lib/cluster/edit-form';

/** The fields of an edit that are typed. */
type TextName = { [name in keyof EditForm]: EditForm[name] extends string ? name : never }[keyof EditForm];

type TextFieldProps = EditPartProps & {
  name: TextName;
  label: ReactNode;
  hint?: ReactNode;
  placeholder?: string;
  readOnly?: boolean;
};

/** One typed field of the form. */
export function TextField({ form, errors, onChange, name, label, hint, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={errors[name]}>
      {(control) => (
        <Input
          {...control}
          {...input}
          mono
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}
