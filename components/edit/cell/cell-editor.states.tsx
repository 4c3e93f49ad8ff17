import { ignore, type SharedPart } from '@/components/ui/states';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { parseCqlType, type UdtLookup } from '@/lib/cql/type-text';
import { CellEditor, type CellEditorProps } from './cell-editor';

const UDTS: UdtLookup = (_keyspace, name) =>
  name === 'address'
    ? [
        { name: 'street', type: parseCqlType('text') },
        { name: 'no', type: parseCqlType('int') },
        { name: 'tags', type: parseCqlType('frozen<set<text>>') },
      ]
    : undefined;

export function columnOf(name: string, type: string, kind: ColumnShape['kind'] = 'regular'): ColumnShape {
  return { name, type: parseCqlType(type, UDTS, 'ks'), kind, clusteringOrder: 'none' };
}

type StateCellProps = Partial<Omit<CellEditorProps, 'column'>> & { name?: string; type: string };

/** A cell as narrow and low as those of a grid. */
export function StateCell({ name = 'v', type, ...props }: StateCellProps) {
  return (
    <div className="relative h-7 w-44 border border-line">
      <CellEditor
        column={columnOf(name, type)}
        value={null}
        seen={[]}
        onCommit={ignore}
        onCancel={ignore}
        onLeave={ignore}
        {...props}
      />
    </div>
  );
}

const line = (name: string, type: string, value: JsonValue, shows: SharedPart['states'][string]['shows'] = []) => ({
  draw: () => <StateCell name={name} type={type} value={value} />,
  shows: [['group', `Edit ${name}`] as const, ['textbox', `${name}, ${type}`] as const, ...shows],
});
const NULL = ['button', 'null'] as const;

export const cellEditorStates: SharedPart = {
  name: 'cell-editor',
  place: 'min-h-40 max-w-full',
  states: {
    text: line('dest', 'text', 'PDX', [NULL, ['button', 'Edit in a panel']]),
    'empty text': line('dest', 'text', ''),
    'null in a text': line('dest', 'text', null, [['button', 'Empty text']]),
    'values seen': {
      draw: () => <StateCell name="state" type="text" typed="la" seen={['on time', 'late', 'late, snow']} />,
      shows: [
        ['combobox', 'state, text'],
        ['listbox', 'Values seen in this column'],
        ['option', 'late'],
      ],
    },
    int: line('delay', 'int', -4, [NULL]),
    'a wrong number': {
      draw: () => <StateCell name="delay" type="int" value={-4} typed="4x" />,
      shows: [['textbox', 'delay, int']],
    },
    bigint: line('id', 'bigint', '9007199254740993'),
    double: line('ratio', 'double', 'NaN'),
    boolean: {
      draw: () => <StateCell name="open" type="boolean" value={true} />,
      shows: [['combobox', 'open, boolean'], NULL],
    },
    date: line('day', 'date', '2001-01-09', [['button', 'Today']]),
    timestamp: line('departs', 'timestamp', '2001-01-09T06:10:00.000Z', [['button', 'Now']]),
    'a timestamp without a zone': {
      draw: () => <StateCell name="departs" type="timestamp" typed="2001-01-09 06:10" />,
      shows: [
        ['textbox', 'departs, timestamp'],
        ['button', 'UTC'],
      ],
    },
    uuid: line('id', 'uuid', '550e8400-e29b-41d4-a716-446655440000', [['button', 'New random']]),
    timeuuid: line('id', 'timeuuid', '50554d6e-29bb-11e5-b345-feff819cdc9f', [['button', 'New for now']]),
    duration: line('takes', 'duration', '1h30m'),
    counter: {
      draw: () => <StateCell name="views" type="counter" value="41" typed="+1" />,
      shows: [
        ['textbox', 'views, counter'],
        ['button', 'Add one'],
      ],
    },
    blob: line('sent', 'blob', '0xcafe', [['button', 'File, up to 512 KiB']]),
  },
};
