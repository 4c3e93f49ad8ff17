import { ArrowDown, ArrowUp, Sigma, X } from 'lucide-react';
import type { GridColumn } from '@/components/grid/types';
import { MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { sortedBy, thenSortedBy } from '@/lib/local/local-view';
import { hasOrder } from '@/lib/local/value-orders';
import type { ResultState } from '@/lib/reader/result-state';
import { wholenessOf } from '@/lib/reader/wholeness';
import { costText } from './local-words';
import type { Local } from './use-local';

export interface SortItemsProps {
  column: Pick<GridColumn, 'key' | 'source'>;
  local: Local;
  state: ResultState;
  repeatable: boolean;
}

/** What a header's menu offers of sorting on this page, with what it takes, and the column's summary. */
export function SortItems({ column: { key, source }, local, state, repeatable }: SortItemsProps) {
  const { view, change, columns } = local;
  const isOrdered = hasOrder(columns[source]?.type);
  const wholeness = wholenessOf(state, repeatable);
  const note = isOrdered ? costText(wholeness, state.reading) : 'Values of this type have no order.';
  const disabled = !isOrdered || wholeness.kind === 'refused';
  const others = view.sort.some(({ column }) => column !== key);
  const item = (verb: string, descending: boolean, put: typeof sortedBy) => (
    <MenuItem
      icon={descending ? <ArrowDown {...ICON} /> : <ArrowUp {...ICON} />}
      disabled={disabled}
      onSelect={() => change(put(view, { column: key, descending }))}
    >
      {verb} {descending ? 'descending' : 'ascending'}
    </MenuItem>
  );
  return (
    <>
      {item('Sort', false, sortedBy)}
      {item('Sort', true, sortedBy)}
      {others && item('Then sort', false, thenSortedBy)}
      {others && item('Then sort', true, thenSortedBy)}
      {view.sort.length > 0 && (
        <MenuItem icon={<X {...ICON} />} onSelect={() => change({ ...view, sort: [] })}>
          Clear the sort
        </MenuItem>
      )}
      {note !== null && (
        <MenuLabel>
          <span className="block max-w-64 whitespace-normal">{note}</span>
        </MenuLabel>
      )}
      <MenuItem icon={<Sigma {...ICON} />} onSelect={() => local.summarize(source)}>
        Summary…
      </MenuItem>
      <MenuSeparator />
    </>
  );
}

const ICON = { size: 14, 'aria-hidden': true } as const;
