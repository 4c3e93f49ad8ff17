import { Field } from './field';
import { Checkbox, Input, Select, Textarea } from './input';
import type { SharedPart } from './states';

export const fieldStates: SharedPart = {
  name: 'field',
  place: 'max-w-sm',
  states: {
    empty: {
      draw: () => <Field label="Port">{(control) => <Input {...control} placeholder="9042" />}</Field>,
      shows: [['textbox', 'Port']],
    },
    hint: {
      draw: () => (
        <Field label="Contact points" hint="One or more nodes.">
          {(control) => <Input {...control} mono defaultValue="10.0.0.1" />}
        </Field>
      ),
      shows: [['textbox', 'Contact points']],
    },
    error: {
      draw: () => (
        <Field label="Port" hint="Usually 9042." error="A port is a number from 1 to 65535.">
          {(control) => <Input {...control} mono defaultValue="70000" />}
        </Field>
      ),
      shows: [['textbox', 'Port']],
    },
    disabled: {
      draw: () => <Field label="User">{(control) => <Input {...control} disabled />}</Field>,
      shows: [['textbox', 'User']],
    },
    'several lines': {
      draw: () => <Field label="Statement">{(control) => <Textarea {...control} mono rows={3} />}</Field>,
      shows: [['textbox', 'Statement']],
    },
    choice: {
      draw: () => (
        <Field label="Consistency">
          {(control) => (
            <Select {...control}>
              <option>LOCAL_ONE</option>
              <option>LOCAL_QUORUM</option>
            </Select>
          )}
        </Field>
      ),
      shows: [['combobox', 'Consistency']],
    },
    ticked: {
      draw: () => <Checkbox defaultChecked>Use TLS</Checkbox>,
      shows: [['checkbox', 'Use TLS']],
    },
  },
};
