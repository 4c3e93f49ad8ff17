import { ChevronDown } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Checkbox, Select } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { shown } from '@/components/ui/shown';
import { CHART_LIMITS, type ChartColumn, type ChartPlan, COMBINES } from '@/lib/local/chart';
import { drawnAs } from '@/lib/local/drawn-number';
import { spelledOut } from '@/lib/text/unseen';
import { COMBINE_WORDS } from './chart-words';
import { CHART_KINDS, type ChartKind } from './plot-options';

export interface Chosen {
  readonly plan: ChartPlan;
  readonly kind: ChartKind;
}

interface ControlsProps {
  columns: readonly ChartColumn[];
  chosen: Chosen;
  /** Several rows have one category. */
  isCombined: boolean;
  onChange: (chosen: Chosen) => void;
}

/** What a chart looks like at first: a line over time, bars for categories, points for numbers. */
export function usualKind({ x }: ChartPlan): ChartKind {
  const axis = drawnAs(x.type);
  return axis === 'time' ? 'line' : axis === 'category' ? 'bars' : 'points';
}

/** Which columns are drawn, and how. */
export function ChartControls({ columns, chosen, isCombined, onChange }: ControlsProps) {
  const { plan, kind } = chosen;
  const drawable = columns.filter(({ type }) => drawnAs(type) !== null);
  const change = (next: Partial<ChartPlan>) => {
    const changed = { ...plan, ...next };
    onChange({ plan: changed, kind: next.x === undefined ? kind : usualKind(changed) });
  };
  return (
    <>
      <Select
        dense
        aria-label="Along x"
        className="max-w-40"
        value={plan.x.key}
        onChange={({ target }) => change({ x: drawable.find(({ key }) => key === target.value) ?? plan.x })}
      >
        {drawable.map(({ key }) => (
          <option key={key} value={key}>
            x: {spelledOut(key)}
          </option>
        ))}
      </Select>
      <SeriesChoice columns={drawable} plan={plan} onChange={(ys) => change({ ys })} />
      <Select
        dense
        aria-label="Drawn as"
        className="max-w-24"
        value={kind}
        onChange={({ target }) => onChange({ plan, kind: CHART_KINDS.find((one) => one === target.value) ?? kind })}
      >
        {CHART_KINDS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </Select>
      {isCombined && (
        <Select
          dense
          aria-label={`Rows with the same ${plan.x.key} as`}
          className="max-w-32"
          value={plan.combine}
          onChange={({ target }) => change({ combine: COMBINES.find((one) => one === target.value) ?? 'sum' })}
        >
          {COMBINES.map((one) => (
            <option key={one} value={one}>
              {COMBINE_WORDS[one]}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}

interface SeriesChoiceProps {
  columns: readonly ChartColumn[];
  plan: ChartPlan;
  onChange: (ys: readonly ChartColumn[]) => void;
}

/** Several columns of numbers; at least one stays. */
function SeriesChoice({ columns, plan: { ys }, onChange }: SeriesChoiceProps) {
  const numbers = columns.filter(({ type }) => drawnAs(type) === 'number');
  const keys = ys.map(({ key }) => key);
  const isFull = ys.length >= CHART_LIMITS.series;
  const toggle = (key: string) =>
    onChange(numbers.filter((one) => (one.key === key ? !keys.includes(key) : keys.includes(one.key))));
  return (
    <Popover
      label="Columns to draw"
      trigger={
        <Button size="sm" aria-label={`Values: ${keys.join(', ')}`} className="max-w-52">
          <span className="truncate">y: {shown(keys.join(', '))}</span>
          <ChevronDown size={12} aria-hidden="true" />
        </Button>
      }
    >
      <ul className="flex max-h-72 flex-col overflow-auto">
        {numbers.map(({ key }) => {
          const isChosen = keys.includes(key);
          return (
            <li key={key}>
              <Checkbox
                checked={isChosen}
                disabled={isChosen ? keys.length === 1 : isFull}
                onChange={() => toggle(key)}
              >
                <span className="font-mono text-xs">{shown(key)}</span>
              </Checkbox>
            </li>
          );
        })}
      </ul>
      {isFull && <p className="mt-2 text-faint text-xs">At most {CHART_LIMITS.series} at once.</p>}
    </Popover>
  );
}
