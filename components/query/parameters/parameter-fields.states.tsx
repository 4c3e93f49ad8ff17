import { useState } from 'react';
import { ignore, type SharedPart } from '@/components/ui/states';
import type { PrepareResponse } from '@/lib/contract/parameters';
import type { ParameterValues } from '@/lib/workbench/parameter-values';
import { parametersOf } from '@/lib/workbench/parameters';
import type { MissedParameter } from './parameter-field';
import { ParameterFields } from './parameters-panel';

const INSERT = 'INSERT INTO t (code, day, tags, open) VALUES (:code, ?, ?, ?)';

const PREPARED: PrepareResponse = {
  markers: [
    { name: 'code', type: 'text', isPartitionKey: true },
    { name: 'day', type: 'date', isPartitionKey: false },
    { name: 'tags', type: 'map<text, frozen<list<int>>>', isPartitionKey: false },
    { name: 'open', type: 'boolean', isPartitionKey: false },
  ],
  keyspace: 'ks',
  takesUnset: true,
  isIdempotent: true,
};

const PARAMETERS = parametersOf([{ text: INSERT, prepared: PREPARED }], () => undefined);

/** The panel of an INSERT, with values that can be typed over. */
export function FieldsOf({
  given = {},
  missed = null,
  onValues = ignore,
}: {
  given?: ParameterValues;
  missed?: MissedParameter | null;
  onValues?: (values: ParameterValues) => void;
}) {
  const [values, setValues] = useState(given);
  const change = (next: ParameterValues) => {
    setValues({ ...values, ...next });
    onValues({ ...values, ...next });
  };
  return <ParameterFields parameters={PARAMETERS} problem={null} values={values} missed={missed} onChange={change} />;
}

const panel = ['region', 'Parameters'] as const;

export const parameterFieldsStates: SharedPart = {
  name: 'parameter-fields',
  states: {
    'no values': { draw: () => <FieldsOf />, shows: [panel, ['textbox', ':code text'], ['combobox', 'open boolean']] },
    filled: {
      draw: () => (
        <FieldsOf
          given={{
            ':code': { as: 'value', text: 'SEA' },
            day: { as: 'null', text: '' },
            tags: { as: 'value', text: "{'a': [1, 2]}" },
            open: { as: 'unset', text: '' },
          }}
        />
      ),
      shows: [panel, ['combobox', 'Kind of value for day']],
    },
    'does not fit': {
      draw: () => <FieldsOf given={{ day: { as: 'value', text: '2001-02-29' } }} />,
      shows: [panel, ['textbox', 'day date']],
    },
    'one is missing': {
      draw: () => <FieldsOf missed={{ key: ':code', problem: ':code has no value' }} />,
      shows: [panel, ['alert']],
    },
    'types are on their way': {
      draw: () => (
        <ParameterFields
          parameters={[]}
          problem="Asking the server for their types…"
          values={{}}
          missed={null}
          onChange={ignore}
        />
      ),
      shows: [panel],
    },
  },
};
