import { Filter } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Shown } from '@/components/ui/shown';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { type LocalColumn, quickFor } from '@/lib/local/quick-filter';
import { type ColumnSummary, type CountedValue, summarySteps } from '@/lib/local/summary';
import { extentOf, extentWords } from '@/lib/reader/extent';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { pagesInOrder } from '@/lib/reader/whole';
import { wholenessOf } from '@/lib/reader/wholeness';
import { formatCount, formatShare, plural } from '@/lib/text/format';
import { cellText } from '@/lib/values/cell-text';
import { rowsKey, useSteps } from '../use-steps';
import { HistogramBars } from './histogram-bars';
import type { Local } from './use-local';

interface SummaryProps {
  reader: ResultReader;
  state: ResultState;
  local: Local;
  column: LocalColumn;
}

/** What one column holds, over all rows where they were read whole, else over those in memory; it says which. */
export default function ColumnSummaryDialog({ reader, state, local, column }: SummaryProps) {
  const wholeness = wholenessOf(state, reader.source.repeatable);
  const { result, isCurrent } = useSteps(`${column.source} ${rowsKey(state)}`, () =>
    summarySteps(reader.wholeRows() ?? pagesInOrder(reader.getState().window), [column]),
  );
  const summary = (isCurrent && result?.[0]) || null;
  const close = () => local.summarize(null);
  const onFilter = (value: JsonValue) => {
    close();
    local.change({ ...local.view, quick: quickFor(column, value) });
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title={
        <>
          Summary of <Shown text={column.key} as="name" />
        </>
      }
      description={summary === null ? 'Counting…' : extentWords(extentOf(state, reader.source.repeatable))}
    >
      {summary !== null && <Facts summary={summary} column={column} onFilter={onFilter} />}
      {wholeness.kind === 'readable' && (
        <Button size="sm" disabled={state.whole === 'asked'} onClick={() => reader.readWhole()}>
          {state.whole === 'asked' ? 'Reading all rows…' : 'Read all rows'}
        </Button>
      )}
    </Dialog>
  );
}

interface FactsProps {
  summary: ColumnSummary;
  column: LocalColumn;
  onFilter: (value: JsonValue) => void;
}

function Facts({ summary, column: { type }, onFilter }: FactsProps) {
  const { rows, nulls, distinct, range, numbers, histogram, top } = summary;
  const share = rows === 0 ? '' : ` (${formatShare(nulls / rows)})`;
  const value = (one: JsonValue) => <Value value={one} type={type} onFilter={onFilter} />;
  return (
    <>
      <dl className="mb-3 grid grid-cols-[max-content_1fr] items-center gap-x-4 gap-y-1 text-sm">
        <Fact name="Null">{`${plural(nulls, 'row')}${share}`}</Fact>
        <Fact name="Distinct values">{formatCount(distinct)}</Fact>
        {range !== null && <Fact name="Least">{value(range.least)}</Fact>}
        {range !== null && <Fact name="Greatest">{value(range.most)}</Fact>}
        {numbers !== null && <Fact name="Mean">{`≈ ${Number(numbers.approximateMean.toPrecision(6))}`}</Fact>}
        {numbers !== null && <Fact name="Median">{medianText(numbers.median, type)}</Fact>}
      </dl>
      {histogram !== null && <HistogramBars of={histogram} type={type} className="mb-3" />}
      {range === null && distinct > 0 && (
        <p className="mb-3 text-muted text-xs">Values of this type have no order: no least and no greatest.</p>
      )}
      {top.length > 0 && <TopValues top={top} rows={rows} value={value} distinct={distinct} />}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function medianText([low, high]: readonly [JsonValue, JsonValue], type: CqlType | undefined): string {
  const [first, second] = [cellText(low, type), cellText(high, type)];
  return first === second ? first : `between ${first} and ${second}`;
}

interface TopValuesProps {
  top: readonly CountedValue[];
  rows: number;
  distinct: number;
  value: (value: JsonValue) => ReactNode;
}

function TopValues({ top, rows, distinct, value }: TopValuesProps) {
  return (
    <table className="w-full text-sm">
      <caption className="mb-1 text-left font-medium text-muted text-xs">
        {distinct > top.length ? `The ${top.length} most frequent values` : 'All values'}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Rows</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {top.map((one) => (
          <tr key={jsonText(one.value)} className="border-line border-t">
            <td className="max-w-0 py-0.5">{value(one.value)}</td>
            <td className="w-20 text-right tabular-nums">{formatCount(one.count)}</td>
            <td className="w-20 text-right text-muted tabular-nums">{formatShare(one.count / rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ValueProps {
  value: JsonValue;
  type: CqlType | undefined;
  onFilter: (value: JsonValue) => void;
}

/** A value, to copy or to filter by. */
function Value({ value, type, onFilter }: ValueProps) {
  const text = cellText(value, type);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span className="min-w-0 truncate font-mono text-xs">
        <Shown text={text} as="line" />
      </span>
      <CopyButton label={`Copy ${text}`} text={() => cellText(value, type, Number.POSITIVE_INFINITY)} />
      <IconButton label={`Show only rows with ${text}`} size="sm" onClick={() => onFilter(value)}>
        <Filter size={12} aria-hidden="true" />
      </IconButton>
    </span>
  );
}
