import { lazy, useMemo } from 'react';
import { Later } from '@/components/ui/later';
import type { PartProps } from './use-row-parts';

const SelectionTools = lazy(() => import('./row-tools'));
const FindBar = lazy(() => import('../find/find-bar'));
const AgeLens = lazy(() => import('../age/age-lens'));
const LocalBar = lazy(() => import('../local/local-bar'));
const ColumnSummary = lazy(() => import('../local/column-summary'));

/** The lines below the rows that are open: finding, what is arranged on this page, and the age of cells. */
export function RowPanels(props: PartProps) {
  return (
    <>
      <FindPanel {...props} />
      <LocalPanel {...props} />
      <LensPanel {...props} />
    </>
  );
}

function FindPanel({ result, parts: { shown, panels, goTo } }: PartProps) {
  const sources = useMemo(() => shown.columns.map(({ source }) => source), [shown.columns]);
  if (!panels.finding) return null;
  const { window } = result.state;
  const { firstRow } = window.marks;
  return (
    <Later>
      <FindBar
        window={window}
        sources={sources}
        types={shown.types}
        onLooks={panels.setFoundLooks}
        onClose={panels.closeFind}
        onGo={({ row, source }) => goTo(row - firstRow, Math.max(0, sources.indexOf(source)))}
      />
    </Later>
  );
}

/** How the rows are arranged on this page, and the summary of a column, as far as somebody has asked for it. */
function LocalPanel({ result: { reader, state }, parts: { local, grid } }: PartProps) {
  const summarized = local.summaryOf === null ? undefined : local.columns[local.summaryOf];
  return (
    <Later>
      {local.isOpen && <LocalBar reader={reader} state={state} local={local} onEnd={() => grid.current?.focus()} />}
      {summarized && <ColumnSummary reader={reader} state={state} local={local} column={summarized} />}
    </Later>
  );
}

function LensPanel({ result: { reader, state, header }, parts: { panels, aged, shown } }: PartProps) {
  if (!panels.lens || aged === undefined) return null;
  return (
    <Later>
      <AgeLens
        key={state.landing.id}
        reader={reader}
        header={header.columns}
        columns={shown.columns}
        firstRow={state.window.marks.firstRow}
        {...aged}
        onLooks={panels.setAgeLooks}
        onClose={panels.closeLens}
      />
    </Later>
  );
}

/** What can be done with the selection, in the line below the rows. */
export function Tools({ result: { place, table }, parts }: PartProps) {
  const { panels, copying, selection, shown, aged } = parts;
  return (
    <Later>
      {parts.rowTools('bar')}
      {parts.edits?.tools}
      <SelectionTools
        finding={panels.finding}
        selected={selection.now !== null}
        hidden={shown.hidden.length > 0}
        lens={aged === undefined ? undefined : panels.lens}
        keyed={place?.table != null && table !== undefined}
        insertable={place?.table != null && table?.kind === 'table'}
        onCopy={copying.copy}
        onFind={panels.openFind}
        onFilter={parts.local.openFilter}
        onRecord={panels.openRecord}
        summary={panels.side === 'summary'}
        onSummary={panels.toggleSummary}
        onLens={panels.toggleLens}
      />
    </Later>
  );
}
