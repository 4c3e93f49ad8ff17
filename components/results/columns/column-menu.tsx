import {
  ArrowDownUp,
  ArrowLeft,
  ArrowRight,
  Columns3,
  EyeOff,
  MoveHorizontal,
  Pin,
  PinOff,
  RotateCcw,
} from 'lucide-react';
import type { GridColumn } from '@/components/grid/types';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { Shown } from '@/components/ui/shown';
import type { LayoutAction } from '@/lib/grid/column-layout';
import { spelledOut } from '@/lib/text/unseen';
import { SortItems, type SortItemsProps } from '../local/sort-items';

interface ColumnMenuProps {
  column: GridColumn;
  /** Where it is shown. */
  index: number;
  /** Columns that are not shown, by key and name. */
  hidden: readonly { readonly key: string; readonly name: string }[];
  /** What sorts the rows on this page. */
  sorting: Omit<SortItemsProps, 'column'>;
  /** A person has rearranged the columns. */
  changed: boolean;
  onChange: (action: LayoutAction) => void;
  onFit: () => void;
  onSelect: () => void;
  /** Explains the order of the rows, where there is something to say. */
  onOrder: (() => void) | undefined;
  /** Opens the list of all columns, where there is one; otherwise this menu lists the hidden ones. */
  onHidden: (() => void) | undefined;
  onClose: () => void;
}

/** More hidden columns than this are only offered together. */
const HIDDEN_NAMED = 12;

/** What can be done with a column: the menu of its header. */
export default function ColumnMenu(props: ColumnMenuProps) {
  const { column, index, hidden, onChange, onHidden, onClose } = props;
  const { key, name, pinned } = column;
  const trigger = (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Column ${spelledOut(name)}`}
      className="pointer-events-none absolute inset-0"
    />
  );
  return (
    <Menu trigger={trigger} open onOpenChange={(open) => !open && onClose()} className="min-w-60">
      <MenuLabel>
        <span className="font-mono">
          <Shown text={name} as="name" />
        </span>
      </MenuLabel>
      <SortItems column={column} {...props.sorting} />
      {props.onOrder !== undefined && (
        <MenuItem icon={<ArrowDownUp {...ICON} />} onSelect={props.onOrder}>
          Row order…
        </MenuItem>
      )}
      <MenuItem icon={<Columns3 {...ICON} />} keys="columnsWhole" onSelect={props.onSelect}>
        Select the column
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={pinned ? <PinOff {...ICON} /> : <Pin {...ICON} />}
        onSelect={() => onChange({ type: 'pin', key, pinned: !pinned })}
      >
        {pinned ? 'Unpin' : 'Pin left'}
      </MenuItem>
      <MenuItem
        icon={<ArrowLeft {...ICON} />}
        keys="columnLeft"
        onSelect={() => onChange({ type: 'move', key, to: index - 1 })}
      >
        Move left
      </MenuItem>
      <MenuItem
        icon={<ArrowRight {...ICON} />}
        keys="columnRight"
        onSelect={() => onChange({ type: 'move', key, to: index + 1 })}
      >
        Move right
      </MenuItem>
      <MenuItem icon={<MoveHorizontal {...ICON} />} onSelect={props.onFit}>
        Fit to loaded rows
      </MenuItem>
      <MenuItem icon={<EyeOff {...ICON} />} onSelect={() => onChange({ type: 'hide', key })}>
        Hide
      </MenuItem>
      {hidden.length > 0 && <MenuSeparator />}
      {hidden.length > 0 && onHidden !== undefined && (
        <MenuItem onSelect={onHidden}>Hidden columns: {hidden.length}…</MenuItem>
      )}
      {hidden.length <= HIDDEN_NAMED &&
        onHidden === undefined &&
        hidden.map((one) => (
          <MenuItem key={one.key} onSelect={() => onChange({ type: 'show', key: one.key })}>
            Show{' '}
            <span className="font-mono">
              <Shown text={one.name} as="name" />
            </span>
          </MenuItem>
        ))}
      {hidden.length > 1 && onHidden === undefined && (
        <MenuItem onSelect={() => onChange({ type: 'show_all' })}>Show all {hidden.length} hidden columns</MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon={<RotateCcw {...ICON} />} disabled={!props.changed} onSelect={() => onChange({ type: 'reset' })}>
        Reset all columns
      </MenuItem>
    </Menu>
  );
}

const ICON = { size: 14, 'aria-hidden': true } as const;
