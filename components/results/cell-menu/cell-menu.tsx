import clsx from 'clsx';
import { Copy, EyeOff, Filter, Rows3, Search } from 'lucide-react';
import { Fragment, type ReactNode, use } from 'react';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import { Shown } from '@/components/ui/shown';
import { spelledOut } from '@/lib/text/unseen';
import { CELL_ACTIONS, type CellAction, type CellFacts, type CellMenuItem, cellMenu } from '@/lib/values/cell-menu';
import type { CellOffer } from './offers';

interface CellMenuProps {
  facts: CellFacts;
  /** In the window. */
  xPx: number;
  yPx: number;
  offers: Promise<readonly CellOffer[]>;
  /** Before an offer runs. */
  onOffer: () => void;
  onAct: (action: CellAction) => void;
  onClose: () => void;
}

/** What can be done with a cell, where it was asked for. */
export default function CellMenu({ facts, xPx, yPx, offers, onOffer, onAct, onClose }: CellMenuProps) {
  const offered = use(offers);
  const act = ({ id }: CellMenuItem) => {
    const offer = offered.find((one) => one.id === id);
    const action = CELL_ACTIONS.find((one) => one === id);
    if (offer !== undefined) {
      onOffer();
      offer.run();
    } else if (action !== undefined) onAct(action);
  };
  const trigger = (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Cell of ${spelledOut(facts.column)}`}
      className="pointer-events-none fixed size-px"
      style={{ left: xPx, top: yPx }}
    />
  );
  return (
    <Menu trigger={trigger} open onOpenChange={(open) => !open && onClose()} className="min-w-60 max-w-96">
      {cellMenu(facts, offered).map(({ label, items }, index) => (
        <Fragment key={items[0]?.id}>
          {index > 0 && <MenuSeparator />}
          {label !== null && <MenuLabel>{label}</MenuLabel>}
          {items.map((item) => (
            <Item key={item.id} item={item} onSelect={() => act(item)} />
          ))}
        </Fragment>
      ))}
    </Menu>
  );
}

function Item({ item, onSelect }: { item: CellMenuItem; onSelect: () => void }) {
  const { id, label, keys, note, isHeavy = false, isDisabled = false } = item;
  return (
    <MenuItem icon={iconOf(id)} {...(keys === undefined ? {} : { keys })} disabled={isDisabled} onSelect={onSelect}>
      <span className={clsx('block wrap-anywhere', id.startsWith('filter') && 'font-mono text-xs')}>
        <Shown text={label} as="line" />
      </span>
      {note !== undefined && (
        <span className={clsx('block text-2xs', isHeavy ? 'text-warn' : 'text-faint')}>{note}</span>
      )}
    </MenuItem>
  );
}

const ICON = { size: 14, 'aria-hidden': true } as const;

/** A picture for each kind of action; without one the text stays in line with the others. */
function iconOf(id: string): ReactNode {
  if (id === 'inspect') return <Search {...ICON} />;
  if (id === 'record') return <Rows3 {...ICON} />;
  if (id === 'hide') return <EyeOff {...ICON} />;
  if (id.startsWith('copy')) return <Copy {...ICON} />;
  if (id.startsWith('filter')) return <Filter {...ICON} />;
  return <span className="w-3.5 shrink-0" />;
}
