import { lazy } from 'react';
import { Later } from '@/components/ui/later';
import type { PartProps } from './use-row-parts';

const Inspector = lazy(() => import('../inspector/inspector'));
const RecordView = lazy(() => import('../record/record-view'));
const SummaryPanel = lazy(() => import('../local/summary-panel'));

/** One value, one row, or the summary of all columns, beside the grid. */
export function SidePanel({ result, parts }: PartProps) {
  const { header, table, place } = result;
  const { panels, cell, rows, shown, aged, edits, goTo } = parts;
  const tools = parts.rowTools('inspector');
  if (panels.side === 'inspector' && cell !== undefined) {
    return (
      <Later>
        <Inspector
          {...cell}
          columns={header.columns}
          table={table}
          place={place}
          tools={tools}
          onRecord={panels.record}
          onClose={panels.closeSide}
        />
      </Later>
    );
  }
  if (panels.side === 'summary') return <SummarySide result={result} parts={parts} />;
  if (panels.side !== 'record') return null;
  const column = (source: number) => shown.columns.findIndex((one) => one.source === source);
  return (
    <Later>
      <RecordView
        row={cell?.row ?? null}
        rowCount={rows.count}
        values={cell?.values}
        source={cell?.source ?? -1}
        columns={header.columns}
        types={shown.types}
        aged={aged}
        tools={tools}
        edits={edits}
        isHidden={(source) => column(source) === -1}
        onRow={(row) => cell !== undefined && goTo(row, column(cell.source))}
        onInspect={(source) => {
          if (cell !== undefined) goTo(cell.row, column(source));
          panels.inspect();
        }}
        onClose={panels.closeSide}
      />
    </Later>
  );
}

/** The summary of all columns, beside the grid. */
function SummarySide({ result: { reader, state }, parts: { local, panels } }: PartProps) {
  return (
    <Later>
      <SummaryPanel
        reader={reader}
        state={state}
        columns={local.columns}
        onColumn={local.summarize}
        onClose={panels.closeSide}
      />
    </Later>
  );
}
