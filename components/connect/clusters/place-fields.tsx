import { Field } from '@/components/ui/field';
import { Checkbox, Select } from '@/components/ui/input';
import type { EditPartProps } from '@/lib/cluster/edit-form';
import { PLAIN_LEVELS } from '@/lib/contract/common';
import { TextField } from './text-field';

/** What the cluster is called and where it is. */
export function PlaceFields(part: EditPartProps) {
  const { isNew } = part.form;
  const nameHint = isNew ? 'Part of URLs. It cannot change later.' : 'Jobs, history and events belong to this name.';
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField {...part} name="name" label="Name" hint={nameHint} readOnly={!isNew} placeholder="my-cluster" />
        <TextField {...part} name="label" label="Label" hint="Shown on every page." />
        <TextField
          {...part}
          name="colour"
          label="Colour"
          hint="For example, red for production."
          placeholder="#c62828"
        />
      </div>
      <div className="grid gap-4 sm:grid-cols-[1fr_112px]">
        <TextField
          {...part}
          name="contactPoints"
          label="Contact points"
          hint="One or more nodes; Ringside finds the others."
          placeholder="10.0.0.1, 10.0.0.2"
        />
        <TextField {...part} name="port" label="Port" />
      </div>
      <TextField
        {...part}
        name="localDatacenter"
        label="Local datacenter"
        hint="Leave empty to use the contact point’s datacenter."
      />
    </>
  );
}

/** How people use it. */
export function UseFields({ form, errors, onChange }: EditPartProps) {
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Consistency" hint="Of reads and writes that do not set one." error={errors.consistency}>
          {(control) => (
            <Select
              {...control}
              value={form.consistency}
              onChange={(event) => onChange({ consistency: event.target.value })}
            >
              {PLAIN_LEVELS.map((level) => (
                <option key={level}>{level}</option>
              ))}
            </Select>
          )}
        </Field>
        <TextField {...{ form, errors, onChange }} name="pageRows" label="Rows per page" />
      </div>
      <Checkbox checked={form.writes} onChange={(event) => onChange({ writes: event.target.checked })}>
        Allow writes (without this, Ringside only reads)
      </Checkbox>
    </>
  );
}
