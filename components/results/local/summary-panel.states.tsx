import { ignore, type SharedPart } from '@/components/ui/states';
import type { LocalColumn } from '@/lib/local/quick-filter';
import { type ColumnSummary, summarySteps } from '@/lib/local/summary';
import { columnType } from '@/lib/values/value-text';
import { ShownSummaries } from './summary-panel';

const COLUMNS: readonly LocalColumn[] = [
  ['departs', 'timestamp'],
  ['destination', 'text'],
  ['delay', 'int'],
  ['tags', 'set<text>'],
  ['gone', 'double'],
].map(([key = '', type = ''], source) => ({ key, source, type: columnType(type), isShown: true }));

const ROWS = Array.from({ length: 268 }, (_, at) => [
  new Date(Date.UTC(2001, 0, 9, 6, at * 3)).toISOString(),
  ['PDX', 'SFO', 'PDX', 'SEA', 'LAX', 'PDX', 'DEN'][at % 7] ?? '',
  at % 5 === 0 ? null : Math.round(30 * Math.sin(at) + (at % 13)),
  at % 2 === 0 ? ['early'] : [],
  null,
]);

function summaries(): readonly ColumnSummary[] {
  const steps = summarySteps([ROWS], COLUMNS);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function draw(of: readonly ColumnSummary[], isWhole: boolean) {
  const extent = { held: ROWS.length, read: ROWS.length, isWhole, isRead: isWhole };
  return (
    <ShownSummaries
      columns={COLUMNS}
      summaries={of}
      extent={extent}
      onColumn={ignore}
      onReadAll={isWhole ? undefined : ignore}
      onClose={ignore}
    />
  );
}

const panel = ['complementary', 'Summary'] as const;
const list = ['list', 'Summaries of the columns'] as const;

export const summaryStates: SharedPart = {
  name: 'summary-of-columns',
  place: 'h-[600px] flex relative',
  states: {
    'of all rows': { draw: () => draw(summaries(), true), shows: [panel, list, ['button', 'Summary of delay']] },
    'of some rows': { draw: () => draw(summaries(), false), shows: [panel, ['button', 'Read all rows']] },
    counting: { draw: () => draw(summaries().slice(0, 1), true), shows: [panel, ['status']] },
  },
};
