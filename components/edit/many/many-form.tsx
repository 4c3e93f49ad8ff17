import { X } from 'lucide-react';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { exampleOf } from '@/lib/wire/typed-text';
import { type ManyDraft, type ManyForm, refusedColumns, settableColumns } from './many-draft';

interface ManyFormProps {
  shape: TableShape;
  draft: ManyDraft;
  form: ManyForm;
  onChange: (draft: ManyDraft) => void;
}

/** What to do with the rows, and how. */
export function ManyFields({ shape, draft, form, onChange }: ManyFormProps) {
  return (
    <div className="space-y-3">
      <Field label="Change">
        {(control) => (
          <Select
            {...control}
            value={draft.deed}
            onChange={({ target }) => onChange({ ...draft, deed: target.value === 'delete' ? 'delete' : 'set' })}
          >
            <option value="set">Set columns</option>
            <option value="delete">Delete the rows</option>
          </Select>
        )}
      </Field>
      {draft.deed === 'set' && <Values shape={shape} draft={draft} form={form} onChange={onChange} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Mode"
          hint={
            draft.mode === 'guarded'
              ? 'Each statement has a condition (IF …), which costs four round trips between replicas.'
              : 'Each row is read and compared just before it is written. A change in between is overwritten.'
          }
        >
          {(control) => (
            <Select
              {...control}
              value={draft.mode}
              onChange={({ target }) => onChange({ ...draft, mode: target.value === 'plain' ? 'plain' : 'guarded' })}
            >
              <option value="guarded">Guarded</option>
              <option value="plain">Plain</option>
            </Select>
          )}
        </Field>
        <Field
          label="Rows a second, at most"
          error={form.rateProblem}
          hint="Leave empty to go as fast as the cluster takes."
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              value={draft.rate}
              onChange={({ target }) => onChange({ ...draft, rate: target.value })}
            />
          )}
        </Field>
      </div>
      <Checkbox
        checked={draft.journal === 'values'}
        onChange={({ target }) => onChange({ ...draft, journal: target.checked ? 'values' : 'none' })}
      >
        Keep old values in a journal, for an undo
      </Checkbox>
      {draft.journal === 'none' && <p className="text-warn text-xs">Without them this cannot be undone.</p>}
    </div>
  );
}

function Values({ shape, draft, form, onChange }: ManyFormProps) {
  const columns = settableColumns(shape);
  const { values } = draft;
  const set = (name: string, text: string | null) => onChange({ ...draft, values: { ...values, [name]: text } });
  const drop = (name: string) =>
    onChange({ ...draft, values: Object.fromEntries(Object.entries(values).filter(([one]) => one !== name)) });
  const refused = refusedColumns(shape).map((why) => (
    <p key={why} className="text-muted text-xs">
      <Shown text={why} as="text" />
    </p>
  ));
  if (columns.length === 0) {
    return (
      <div className="space-y-2">
        <p className="text-muted text-sm">This table has no columns that can be set in many rows.</p>
        {refused}
      </div>
    );
  }
  return (
    <div className="space-y-2">
      {columns
        .filter(({ name }) => Object.hasOwn(values, name))
        .map(({ name, type }) => (
          <div key={name} className="flex items-start gap-2">
            <Field label={name} error={form.problems[name]} className="min-w-0 flex-1">
              {(control) => (
                <Input
                  {...control}
                  mono
                  disabled={values[name] === null}
                  value={values[name] ?? ''}
                  placeholder={values[name] === null ? 'null: the value is deleted' : exampleOf(type)}
                  onChange={({ target }) => set(name, target.value)}
                />
              )}
            </Field>
            <Checkbox
              className="mt-6"
              checked={values[name] === null}
              onChange={({ target }) => set(name, target.checked ? null : '')}
            >
              null
            </Checkbox>
            <span className="mt-5">
              <IconButton label={`Leave ${name} as it is`} onClick={() => drop(name)}>
                <X size={14} aria-hidden="true" />
              </IconButton>
            </span>
          </div>
        ))}
      <Select
        aria-label="Add a column to set"
        value=""
        onChange={({ target }) => target.value !== '' && set(target.value, '')}
      >
        <option value="">Add a column…</option>
        {columns
          .filter(({ name }) => !Object.hasOwn(values, name))
          .map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
      </Select>
      {refused}
    </div>
  );
}
