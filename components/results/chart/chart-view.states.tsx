import { ignore, type SharedPart } from '@/components/ui/states';
import { type ChartColumn, type ChartData, chartSteps } from '@/lib/local/chart';
import { columnType } from '@/lib/values/value-text';
import { type Chosen, usualKind } from './chart-controls';
import { ShownChart } from './chart-view';

const COLUMNS: readonly ChartColumn[] = [
  { key: 'departs', source: 0, type: columnType('timestamp') },
  { key: 'dest', source: 1, type: columnType('text') },
  { key: 'delay', source: 2, type: columnType('int') },
  { key: 'distance', source: 3, type: columnType('decimal') },
];
const [DEPARTS, DEST, DELAY, DISTANCE] = COLUMNS;

const ROWS = Array.from({ length: 48 }, (_, at) => [
  new Date(Date.UTC(2001, 0, 9, 6, at * 12)).toISOString(),
  ['PDX', 'SFO', 'SEA', 'LAX', 'DEN'][at % 5] ?? '',
  at % 11 === 0 ? null : ((at * 7) % 40) - 12,
  `${100 + ((at * 37) % 300)}.${at % 10}`,
]);

function chartOf(x: ChartColumn | undefined, ys: readonly (ChartColumn | undefined)[], rows = ROWS) {
  const plan = { x: x ?? COLUMNS[0], ys: ys.flatMap((y) => y ?? []), combine: 'sum' } as const;
  if (plan.x === undefined) throw new Error('no column');
  const chosen: Chosen = { plan: { ...plan, x: plan.x }, kind: usualKind({ ...plan, x: plan.x }) };
  return { chosen, data: worked(chosen, rows) };
}

function worked({ plan }: Chosen, rows: typeof ROWS): ChartData {
  const steps = chartSteps([rows], plan);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function draw({ chosen, data }: { chosen: Chosen; data: ChartData | null }, isWhole = true) {
  const extent = { held: ROWS.length, read: ROWS.length, isWhole, isRead: isWhole };
  return (
    <ShownChart {...{ chosen, data, extent }} columns={COLUMNS} isCurrent label="SELECT * FROM t" onChange={ignore} />
  );
}

const region = ['region', 'Chart'] as const;
const controls = [
  ['combobox', 'Along x'],
  ['combobox', 'Drawn as'],
] as const;

export const chartStates: SharedPart = {
  name: 'chart',
  place: 'h-80',
  states: {
    'over time': {
      draw: () => draw(chartOf(DEPARTS, [DELAY, DISTANCE])),
      shows: [region, ...controls, ['slider', 'Chart of delay, distance by departs']],
    },
    'by category': {
      draw: () => draw(chartOf(DEST, [DELAY, DISTANCE]), false),
      shows: [region, ['combobox', 'Rows with the same dest as'], ['slider', 'Chart of delay, distance by dest']],
    },
    'numbers against numbers': {
      draw: () => draw(chartOf(DELAY, [DISTANCE])),
      shows: [region, ['slider', 'Chart of distance by delay']],
    },
    'being worked out': {
      draw: () => draw({ ...chartOf(DEPARTS, [DELAY]), data: null }),
      shows: [region, ['status']],
    },
    'no rows': { draw: () => draw(chartOf(DEPARTS, [DELAY], [])), shows: [region] },
  },
};
