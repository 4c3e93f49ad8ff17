import { ignore, type SharedPart } from '@/components/ui/states';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { type Comparison, compareSteps } from '@/lib/local/compare';
import { ShownComparison } from './compare-view';

const COLUMNS: readonly ResultColumn[] = [
  { name: 'origin', type: 'text', kind: 'partition_key' },
  { name: 'dest', type: 'text', kind: 'clustering' },
  { name: 'delay', type: 'int', kind: 'regular' },
];
const BEFORE = [
  ['SEA', 'PDX', -4],
  ['SEA', 'SFO', null],
  ['SEA', 'LAX', 12],
];
const AFTER = [
  ['SEA', 'PDX', 12],
  ['SEA', 'LAX', 12],
  ['SEA', 'DEN', 3],
];

function compared(before: readonly (readonly JsonValue[])[], after: typeof before): Comparison {
  const columns = COLUMNS.map(({ name, type }) => ({ key: name, type }));
  const steps = compareSteps({ columns, pages: [before] }, { columns, pages: [after] }, ['origin', 'dest']);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function draw(comparison: Comparison | null, isWhole = true) {
  const extent = { held: 3, read: 3, isWhole, isRead: isWhole };
  return (
    <ShownComparison
      comparison={comparison}
      of="Compared with the result pinned 40 s ago: SELECT * FROM flights.t"
      matched="Rows are matched by primary key: origin, dest."
      extents={[extent, extent]}
      columns={COLUMNS}
      gone={COLUMNS}
      onEnd={ignore}
    />
  );
}

const region = ['region', 'Comparison'] as const;

export const compareStates: SharedPart = {
  name: 'comparison',
  place: 'h-64',
  states: {
    differences: {
      draw: () => draw(compared(BEFORE, AFTER)),
      shows: [region, ['grid', 'Differences'], ['gridcell', '+ added'], ['gridcell', '-4 → 12'], ['button', 'Unpin']],
    },
    'of some rows': { draw: () => draw(compared(BEFORE, AFTER), false), shows: [region, ['grid', 'Differences']] },
    'no differences': { draw: () => draw(compared(BEFORE, BEFORE)), shows: [region, ['status']] },
    'being worked out': { draw: () => draw(null), shows: [region, ['status']] },
  },
};
