import { lazy } from 'react';
import { Later } from '@/components/ui/later';
import type { CellAction } from '@/lib/values/cell-menu';
import type { CopyForm } from '../copy/copy-forms';
import type { Parts } from './use-row-parts';

const CellMenu = lazy(() => import('../cell-menu/cell-menu'));

/** A cell's menu, while it is open. */
export function CellMenuPanel({ parts }: { parts: Parts }) {
  const { cellMenu, panels, copying, shown, heads, goTo } = parts;
  const { menu, facts } = cellMenu;
  const column = menu === null ? undefined : shown.columns[menu.column];
  if (menu === null || facts === undefined || column === undefined) return null;
  const act = (action: CellAction) => {
    const copies = COPIES[action];
    if (copies !== undefined) return copying.copy(...copies);
    if (action === 'hide') return heads.change({ type: 'hide', key: column.key });
    goTo(menu.row, menu.column);
    if (action === 'inspect') panels.inspect();
    else panels.record();
  };
  return (
    <Later>
      <CellMenu
        key={menu.id}
        facts={facts}
        xPx={menu.xPx}
        yPx={menu.yPx}
        offers={menu.offers}
        onAct={act}
        // The row that is acted on is the active one.
        onOffer={() => goTo(menu.row, menu.column)}
        onClose={cellMenu.close}
      />
    </Later>
  );
}

/** What is copied by an action, and whether whole rows are. */
const COPIES: Readonly<Record<CellAction, readonly [form: CopyForm, whole: boolean] | undefined>> = {
  inspect: undefined,
  record: undefined,
  hide: undefined,
  'copy.text': ['text', false],
  'copy.cql': ['cql', false],
  'copy.json': ['json', false],
  'copy.rows.json': ['json', true],
  'copy.rows.csv': ['csv', true],
  'copy.rows.insert': ['insert', true],
  'copy.rows.where': ['where', true],
};
