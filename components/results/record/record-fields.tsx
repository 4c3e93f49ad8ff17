import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { CellFace } from '@/components/grid/types';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { toast } from '@/components/ui/toasts';
import type { Row } from '@/lib/client/stream';
import type { CqlType } from '@/lib/cql/types';
import { formatAge } from '@/lib/text/format';
import { spelledOut } from '@/lib/text/unseen';
import type { RecordField } from '@/lib/values/record';
import { formatTimestamp } from '@/lib/wire/format';
import type { Age } from '../age/age-plan';
import type { RowEdits } from '../editing';
import { cellFace } from '../rows/cell-face';
import type { AgesState } from './use-record-ages';

/** More of a value than a cell shows; the inspector has the rest. */
const CHARACTERS = 1_000;
/** A field with a value of one line, before it is measured. */
const FIELD_PX = 47;

/** A region that scrolls must be reachable by keyboard. */
const ITEM = 'absolute inset-x-0 border-line border-b px-3 py-1.5';
const LIST = { role: 'list', 'aria-label': 'Columns of the row', tabIndex: 0 } as const;

function itemAria(index: number, count: number) {
  return { role: 'listitem', 'aria-setsize': count, 'aria-posinset': index + 1 } as const;
}

interface RecordFieldsProps {
  /** Of the grid; null: none is selected. */
  row: number | null;
  edits?: RowEdits | undefined;
  fields: readonly RecordField[];
  values: Row;
  types: readonly (CqlType | undefined)[];
  ages: AgesState;
  /** Which of the values has the active cell: it is kept in view. */
  source: number;
  /** What the fields were searched for. */
  search: string;
  isHidden: (source: number) => boolean;
  onInspect: (source: number) => void;
}

/** The fields, of which only those in view are in the page: a table may have thousands. */
export function RecordFields({ fields, source: active, search, ...props }: RecordFieldsProps) {
  const element = useRef<HTMLDivElement>(null);
  const [edited, setEdited] = useState<{ row: number | null; source: number } | null>(null);
  const editing = edited?.row === props.row ? edited?.source : undefined;
  const editingIndex = fields.findIndex(({ source }) => source === editing);
  const virtualizer = useVirtualizer({
    count: fields.length,
    getScrollElement: () => element.current,
    estimateSize: () => FIELD_PX,
    getItemKey: (index) => fields[index]?.source ?? index,
    overscan: 6,
    // What is typed stays while the field is scrolled away.
    rangeExtractor: useCallback((range: Range) => withIndex(range, editingIndex), [editingIndex]),
  });
  const activeIndex = fields.findIndex(({ source }) => source === active);
  useEffect(() => {
    if (activeIndex !== -1) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, activeIndex]);
  if (fields.length === 0) return <NoFields search={search} />;
  return (
    <div
      ref={element}
      {...LIST}
      {...{ onKeyDown: (event: KeyboardEvent) => editByKey(event, { ...props, fields, active }, setEdited) }}
      className="thin-scrollbar min-h-0 flex-1 overflow-auto"
    >
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const field = fields[index];
          return field === undefined ? null : (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              {...itemAria(index, fields.length)}
              className={clsx(ITEM, field.source === active && 'bg-selected')}
              style={{ top: start }}
            >
              <Field
                {...props}
                field={field}
                isEditing={field.source === editing}
                onEdit={(edits) => setEdited(edits ? { row: props.row, source: field.source } : null)}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function NoFields({ search }: { search: string }) {
  const words = search === '' ? 'Every column of this row is null.' : 'No column matches.';
  return <p className="p-3 text-muted text-sm italic">{words}</p>;
}

interface EditKeyContext extends Pick<RecordFieldsProps, 'row' | 'edits' | 'fields'> {
  active: number;
}

/** F2 edits the value of the field with the focus, or of the active cell. Why it cannot is said. */
function editByKey(
  event: KeyboardEvent,
  { row, edits, fields, active }: EditKeyContext,
  edit: (edited: { row: number; source: number }) => void,
): void {
  const { target } = event;
  if (!isPressed('recordEdit', event) || edits === undefined || row === null || !(target instanceof Element)) return;
  if (target.closest('[data-editor]') !== null) return;
  event.preventDefault();
  event.stopPropagation();
  const index = target.closest('[data-index]')?.getAttribute('data-index');
  const source = index == null ? active : (fields[Number(index)]?.source ?? active);
  const refusal = edits.refusal({ row, source });
  if (refusal === null) edit({ row, source });
  else toast({ id: 'edit', text: refusal });
}

function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range);
  return index === -1 || indexes.includes(index) ? indexes : [...indexes, index].sort((a, b) => a - b);
}

interface FieldProps
  extends Pick<RecordFieldsProps, 'row' | 'edits' | 'values' | 'types' | 'ages' | 'isHidden' | 'onInspect'> {
  field: RecordField;
  isEditing: boolean;
  onEdit: (edits: boolean) => void;
}

function Field(props: FieldProps) {
  const { field, values, types, ages, isHidden, onInspect } = props;
  const { name, type, source } = field;
  const face = cellFace(values[source] ?? null, types[source], CHARACTERS);
  const written = ages.state === 'read' ? writtenText(ages.ages.get(source), ages.reasons.get(source)) : undefined;
  return (
    <>
      <div className="flex items-baseline gap-2">
        <button
          type="button"
          aria-label={`Inspect ${spelledOut(name)}`}
          title={isHidden(source) ? 'This column is hidden: show it to inspect its values' : 'Inspect the value'}
          disabled={isHidden(source)}
          onClick={() => onInspect(source)}
          className="min-w-0 truncate font-mono font-semibold text-xs enabled:hover:underline"
        >
          <Shown text={name} as="name" />
        </button>
        <EditButton {...props} />
        <span className="ml-auto max-w-1/2 truncate font-mono text-2xs text-faint" title={spelledOut(type)}>
          <Shown text={type} as="name" />
        </span>
      </div>
      <FieldValue {...props} face={face} />
      {written !== undefined && <div className="text-2xs text-muted">{written}</div>}
    </>
  );
}

/** Begins to edit the value, where it can be edited. */
function EditButton({ field: { name, source }, row, edits, isEditing, onEdit }: FieldProps) {
  if (edits === undefined || row === null || isEditing || edits.refusal({ row, source }) !== null) return null;
  return (
    <IconButton label={`Edit ${spelledOut(name)}`} size="sm" className="-my-1" onClick={() => onEdit(true)}>
      <Pencil size={12} aria-hidden="true" />
    </IconButton>
  );
}

/** The value, or in its place what edits it. A second press edits it too. */
function FieldValue({ field: { source }, row, edits, isEditing, onEdit, face }: FieldProps & { face: CellFace }) {
  if (isEditing && edits !== undefined && row !== null) {
    return (
      <div data-editor="" className="relative min-h-7">
        {edits.editor({ row, source }, () => onEdit(false))}
      </div>
    );
  }
  const look = row === null ? undefined : edits?.looks?.(row, source);
  const begin = () => {
    if (edits !== undefined && row !== null && edits.refusal({ row, source }) === null) onEdit(true);
  };
  return (
    <div
      {...{ onDoubleClick: begin }}
      title={look?.title}
      className={clsx('line-clamp-6 select-text wrap-anywhere font-mono text-xs leading-[18px]', face.className)}
      style={look?.style}
    >
      {face.content ?? face.text}
    </div>
  );
}

/** When a cell was written and what ends its life; undefined for a part of the key, which has neither. */
function writtenText(age: Age | null | undefined, reason: string | undefined): string | undefined {
  if (reason !== undefined) return `No write time: ${reason}`;
  if (age === undefined) return undefined;
  if (age === null) return 'Nothing is stored: no write time, no TTL';
  const writtenMs = age.writeMicros / 1_000n;
  const ends = age.ttlSeconds === null ? 'no TTL' : `TTL ${age.ttlSeconds.toLocaleString('en-US')} s left`;
  return `Written ${formatTimestamp(writtenMs)}, ${formatAge(Date.now() - Number(writtenMs))} · ${ends}`;
}
