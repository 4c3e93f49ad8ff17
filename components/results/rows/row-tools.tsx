import { ChartNoAxesColumn, Clock, Filter, Search } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { IconButton } from '@/components/ui/icon-button';
import type { CopyForm } from '../copy/copy-forms';
import { CopyMenu } from '../copy/copy-menu';

interface RowToolsProps {
  selected: boolean;
  insertable: boolean;
  /** Rows of a known table, which its primary key finds. */
  keyed: boolean;
  /** Some columns are not shown. */
  hidden: boolean;
  finding: boolean;
  /** Undefined where rows have no write times that could be read. */
  lens: boolean | undefined;
  /** The summary of all columns is open. */
  summary: boolean;
  onCopy: (form: CopyForm, whole: boolean) => void;
  onFind: () => void;
  /** Opens the quick filter. */
  onFilter: () => void;
  onRecord: () => void;
  onSummary: () => void;
  onLens: () => void;
}

/** What keys open: the next ones are meant for it, so that it should not have to be loaded then. */
const loadPanels = () =>
  Promise.allSettled([import('../find/find-bar'), import('../inspector/inspector'), import('../record/record-view')]);

/** What can be done with the rows, in the line below them. */
export default function RowTools(props: RowToolsProps) {
  useEffect(() => void loadPanels(), []);
  const { selected, insertable, hidden, finding, keyed, lens, onCopy, onFind, onFilter, onRecord, onLens } = props;
  const { summary, onSummary } = props;
  const commands = useMemo((): readonly Command[] => {
    const find: Command = {
      id: 'rows.find',
      label: 'Find in loaded rows',
      group: 'Rows',
      keys: 'rowsFind',
      run: onFind,
    };
    const age: Command = { id: 'rows.age', label: 'Age lens: colour cells by write time', group: 'Rows', run: onLens };
    const filter: Command = { id: 'rows.filter', label: 'Filter these rows', group: 'Rows', run: onFilter };
    const record: Command = {
      id: 'rows.record',
      label: 'Open the row',
      group: 'Rows',
      keys: 'rowsRecord',
      run: onRecord,
    };
    const sums: Command = { id: 'rows.summary', label: 'Summary of all columns', group: 'Rows', run: onSummary };
    return [find, filter, sums, ...(selected ? [record] : []), ...(lens === undefined ? [] : [age])];
  }, [selected, lens, onFind, onFilter, onRecord, onSummary, onLens]);
  useOfferCommands(commands);
  return (
    <>
      <IconButton label="Find in loaded rows" keys="rowsFind" size="sm" aria-pressed={finding} onClick={onFind}>
        <Search size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Filter these rows" size="sm" onClick={onFilter}>
        <Filter size={14} aria-hidden="true" />
      </IconButton>
      <IconButton label="Summary of all columns" size="sm" aria-pressed={summary} onClick={onSummary}>
        <ChartNoAxesColumn size={14} aria-hidden="true" />
      </IconButton>
      {lens !== undefined && (
        <IconButton label="Age lens: colour cells by write time" size="sm" aria-pressed={lens} onClick={onLens}>
          <Clock size={14} aria-hidden="true" />
        </IconButton>
      )}
      {selected && <CopyMenu onCopy={onCopy} insertable={insertable} keyed={keyed} hidden={hidden} />}
    </>
  );
}
