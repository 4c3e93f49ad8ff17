import { ignore, type SharedPart } from '@/components/ui/states';
import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import { columnType } from '@/lib/values/value-text';
import RecordView, { type RecordViewProps } from './record-view';

const FLIGHT: readonly ResultColumn[] = [
  { name: 'origin', type: 'text', kind: 'partition_key' },
  { name: 'day', type: 'date', kind: 'partition_key' },
  { name: 'departs', type: 'timestamp', kind: 'clustering' },
  { name: 'delay', type: 'int', kind: 'regular' },
  { name: 'tags', type: 'set<text>', kind: 'regular' },
];
const VALUES: Row = ['SEA', '2001-01-09', '2001-01-09T06:10:00.000Z', null, ['late', 'snow']];

/** A record of made-up rows, for states and tests. */
export function StateRecord(props: Partial<RecordViewProps>) {
  const columns = props.columns ?? FLIGHT;
  return (
    <RecordView
      row={41}
      rowCount={100}
      values={VALUES}
      source={0}
      columns={columns}
      types={columns.map(({ type }) => columnType(type))}
      aged={undefined}
      isHidden={() => false}
      onRow={ignore}
      onInspect={ignore}
      onClose={ignore}
      {...props}
    />
  );
}

const frame = [
  ['complementary', 'Record'],
  ['button', 'Close record'],
] as const;

export const recordStates: SharedPart = {
  name: 'record',
  place: 'relative flex h-96',
  states: {
    'a row': {
      draw: () => <StateRecord />,
      shows: [
        ...frame,
        ['heading', 'Row 42'],
        ['list', 'Columns of the row'],
        ['button', 'Inspect delay'],
        ['checkbox', 'Hide nulls (1)'],
      ],
    },
    'a hidden column': { draw: () => <StateRecord isHidden={(source) => source === 3} />, shows: frame },
    'the only row': { draw: () => <StateRecord row={0} rowCount={1} />, shows: [...frame, ['heading', 'Row 1']] },
    'loading again': { draw: () => <StateRecord values={undefined} />, shows: [...frame, ['heading', 'Row 42']] },
    'deleted since': { draw: () => <StateRecord values={null} />, shows: frame },
    'nothing selected': {
      draw: () => <StateRecord row={null} values={undefined} />,
      shows: [...frame, ['heading', 'No row']],
    },
  },
};
