import { lazy, useCallback } from 'react';
import { Grid } from '@/components/grid/grid';
import type { CellLooks, GridCells } from '@/components/grid/types';
import { Later } from '@/components/ui/later';
import type { JsonValue } from '@/lib/contract/json';
import type { LayoutAction } from '@/lib/grid/column-layout';
import { selectCell, selectColumns } from '@/lib/grid/selection';
import type { ResultState } from '@/lib/reader/result-state';
import type { Local } from '../local/use-local';
import { cellFace } from './cell-face';
import type { PartProps } from './use-row-parts';
import type { ShownColumns } from './use-shown-columns';

const ColumnMenu = lazy(() => import('../columns/column-menu'));

/** The grid, with the menu of one column while it is open. */
export function RowsGrid({ result: { reader, state, keepsColumns, onHeader }, parts }: PartProps) {
  const { shown, rows, heads, selection, panels, copying, edits } = parts;
  return (
    <Grid
      label={`Rows of ${reader.source.label}`}
      handle={parts.grid}
      columns={parts.columns}
      columnActions={heads.actions}
      attachment={(index) =>
        index === heads.menuColumn && (
          <HeadMenu
            shown={shown}
            index={index}
            sorting={{ local: parts.local, state, repeatable: reader.source.repeatable }}
            onChange={heads.change}
            onSelect={() => selection.change(selectColumns(selectCell({ row: 0, column: index }), rows.count))}
            onOrder={onHeader}
            onHidden={keepsColumns ? onHeader : undefined}
            onClose={heads.closeMenu}
          />
        )
      }
      rows={rows}
      cells={useCells(shown.types, panels.looks)}
      selection={selection}
      overlay={edits?.overlay}
      commands={{
        inspect: panels.inspect,
        record: panels.record,
        cellMenu: parts.cellMenu.open,
        copy: () => copying.copy('text', false),
        find: panels.openFind,
        back: panels.back,
        open: edits?.open,
        keys: edits?.keys,
      }}
    />
  );
}

interface HeadMenuProps {
  shown: ShownColumns;
  index: number;
  sorting: { local: Local; state: ResultState; repeatable: boolean };
  onChange: (action: LayoutAction) => void;
  onSelect: () => void;
  onOrder: (() => void) | undefined;
  onHidden: (() => void) | undefined;
  onClose: () => void;
}

/** The menu of the column that is shown at `index`. */
function HeadMenu({ shown, index, ...actions }: HeadMenuProps) {
  const column = shown.columns[index];
  if (column === undefined) return null;
  return (
    <Later>
      <ColumnMenu
        column={column}
        index={index}
        hidden={shown.hidden}
        changed={shown.isChanged}
        onFit={() => shown.actions.fit(index)}
        {...actions}
      />
    </Later>
  );
}

function useCells(types: ShownColumns['types'], looks: CellLooks | undefined): GridCells<JsonValue> {
  const faceOf = useCallback((value: JsonValue, source: number) => cellFace(value, types[source]), [types]);
  return { faceOf, looks };
}
