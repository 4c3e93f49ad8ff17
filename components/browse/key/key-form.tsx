import clsx from 'clsx';
import { ChevronRight, Plus } from 'lucide-react';
import type { FormEvent, KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import type { KeyTexts } from '@/lib/browse/partition-key';
import type { Filter } from '@/lib/contract/filters';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { spelledOut } from '@/lib/text/unseen';
import { PartitionKeyLine } from '../partition-key-tip';
import { KeyField } from './key-field';
import { useFormPlace } from './use-form-place';
import { useKeyDraft } from './use-key-draft';

/** Longer keys fold, however wide the screen. */
const MOST_IN_LINE = 4;

interface KeyFormProps {
  shape: TableShape;
  filters: readonly Filter[];
  /** The key of the selected row; null: none is selected. */
  row: KeyTexts | null;
  onOpen: (filters: readonly Filter[]) => void;
  onAllRows: () => void;
}

/**
 * The key of a table as one line of fields. Enter opens that partition alone; Escape discards what is typed, then goes
 * back to all rows.
 */
export function KeyForm(props: KeyFormProps) {
  const { shape, filters, row } = props;
  const draft = useKeyDraft(shape, filters, row);
  const place = useFormPlace();
  const { submit, allRows, onKeyDown } = actionsOf(props, draft, place);
  const isLong = shape.partitionKey.length > MOST_IN_LINE;
  const folded = !place.unfolded && (isLong ? 'hidden' : 'max-sm:hidden');
  return (
    <form
      ref={place.form}
      aria-label="Open a partition"
      onSubmit={submit}
      onKeyDown={onKeyDown}
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-t bg-surface px-3 py-px max-sm:py-1"
    >
      <FoldButton place={place} draft={draft} className={isLong ? '' : 'sm:hidden'} />
      <Fields draft={draft} place={place} className={folded} />
      {filters.length > 0 && (
        <Button size="sm" variant="ghost" onClick={allRows} title="Back to the whole table (Esc)">
          All rows
        </Button>
      )}
      <Note
        id={place.noteId}
        draft={draft}
        fromRow={row !== null}
        partitionKey={filters.length === 0 ? shape.partitionKey : null}
        className={folded}
      />
    </form>
  );
}

type Draft = ReturnType<typeof useKeyDraft>;
type Place = ReturnType<typeof useFormPlace>;

function actionsOf({ filters, onOpen, onAllRows }: KeyFormProps, draft: Draft, place: Place) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { read } = draft;
    if ('problems' in read) {
      draft.try();
      place.focusField(draft.columns.findIndex(({ name }) => name === read.problems[0]?.column));
      return;
    }
    draft.reset();
    place.fold();
    onOpen(read.filters);
  };
  const allRows = () => {
    // The button goes with the filters.
    place.focusStart();
    draft.reset();
    onAllRows();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPressed('keyBack', event)) return;
    event.preventDefault();
    if (draft.isTyped) draft.reset();
    else if (filters.length > 0) allRows();
    else place.fold();
  };
  return { submit, allRows, onKeyDown };
}

/** On a narrow screen: what is open, or what the form is for. */
function FoldButton({ place, draft, className }: { place: Place; draft: Draft; className: string }) {
  const values = draft.columns.map(({ name }) => draft.texts.get(name)).filter((text) => text !== undefined);
  const text = values.length === draft.columns.length ? values.join(' · ') : 'Open a partition';
  return (
    <Button
      size="sm"
      variant="ghost"
      aria-expanded={place.unfolded}
      icon={<ChevronRight size={12} aria-hidden="true" className={place.unfolded ? 'rotate-90' : ''} />}
      className={clsx('-ml-2 min-w-0 shrink!', className)}
      onClick={() => (place.unfolded ? place.fold() : place.open())}
    >
      <span className="min-w-0 truncate">
        <Shown text={text} as="line" />
      </span>
    </Button>
  );
}

function Fields({ draft, place, className }: { draft: Draft; place: Place; className: string | false }) {
  const { columns, texts, shown, next } = draft;
  return (
    <div className={clsx('flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5', className)}>
      <span className="text-muted text-xs max-sm:hidden">Partition</span>
      {columns.map((column, index) => (
        <KeyField
          key={column.name}
          id={place.fieldId(index)}
          column={column}
          text={texts.get(column.name) ?? ''}
          isWrong={shown.some((problem) => problem.column === column.name)}
          noteId={place.noteId}
          onText={(text) => draft.type(column.name, text)}
        />
      ))}
      {next !== undefined && (
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus size={12} aria-hidden="true" />}
          title={`Optional: only the rows of the partition with one ${spelledOut(next)}`}
          onClick={() => {
            draft.add();
            place.focusField(columns.length);
          }}
        >
          <span className="font-mono">
            <Shown text={next} as="name" />
          </span>
        </Button>
      )}
      <Button type="submit" size="sm" title="Show this partition alone (Enter)">
        Open
      </Button>
    </div>
  );
}

interface NoteProps {
  id: string;
  draft: Draft;
  fromRow: boolean;
  /** Null: the tip is somewhere else. */
  partitionKey: readonly string[] | null;
  className: string | false;
}

/** What is wrong, or how a value was understood; else what a partition key is, or where the values come from. */
function Note({ id, draft: { shown, note, isTyped }, fromRow, partitionKey, className }: NoteProps) {
  const [problem] = shown;
  const text = problem?.text ?? note ?? '';
  const source = fromRow && !isTyped && <p className="text-faint text-xs">From the selected row</p>;
  return (
    <div
      className={clsx(
        'min-w-0 grow basis-0 leading-4 has-[.text-danger]:basis-60 max-sm:has-[[role=note]]:basis-96 min-[1150px]:has-[[role=note]]:basis-96',
        className,
      )}
    >
      <p
        id={id}
        role="status"
        className={clsx('line-clamp-2 text-xs', problem === undefined ? 'text-faint' : 'text-danger')}
      >
        <Shown text={text} as="text" />
      </p>
      {text === '' &&
        (partitionKey === null ? source : <PartitionKeyLine partitionKey={partitionKey} otherwise={source} />)}
    </div>
  );
}
