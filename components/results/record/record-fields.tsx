import { useVirtualizer } from '@tanstack/react-virtual';
import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import { Shown } from '@/components/ui/shown';
import type { Row } from '@/lib/client/stream';
import type { CqlType } from '@/lib/cql/types';
import { formatAge } from '@/lib/text/format';
import { spelledOut } from '@/lib/text/unseen';
import type { RecordField } from '@/lib/values/record';
import { formatTimestamp } from '@/lib/wire/format';
import type { Age } from '../age/age-plan';
import { cellFace } from '../rows/cell-face';
import type { AgesState } from './use-record-ages';

/** More of a value than a cell shows; the inspector has the rest. */
const CHARACTERS = 1_000;
/** A field with a value of one line, before it is measured. */
const FIELD_PX = 47;

/** A region that scrolls must be reachable by keyboard. */
const LIST = { role: 'list', 'aria-label': 'Columns of the row', tabIndex: 0 } as const;

function itemAria(index: number, count: number) {
  return { role: 'listitem', 'aria-setsize': count, 'aria-posinset': index + 1 } as const;
}

interface RecordFieldsProps {
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
  const virtualizer = useVirtualizer({
    count: fields.length,
    getScrollElement: () => element.current,
    estimateSize: () => FIELD_PX,
    getItemKey: (index) => fields[index]?.source ?? index,
    overscan: 6,
  });
  const activeIndex = fields.findIndex(({ source }) => source === active);
  useEffect(() => {
    if (activeIndex !== -1) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, activeIndex]);
  if (fields.length === 0) {
    const words = search === '' ? 'Every column of this row is null.' : 'No column matches.';
    return <p className="p-3 text-muted text-sm italic">{words}</p>;
  }
  return (
    <div ref={element} {...LIST} className="thin-scrollbar min-h-0 flex-1 overflow-auto">
      <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const field = fields[index];
          return field === undefined ? null : (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              {...itemAria(index, fields.length)}
              className={clsx(
                'absolute inset-x-0 border-line border-b px-3 py-1.5',
                field.source === active && 'bg-selected',
              )}
              style={{ top: start }}
            >
              <Field {...props} field={field} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface FieldProps extends Pick<RecordFieldsProps, 'values' | 'types' | 'ages' | 'isHidden' | 'onInspect'> {
  field: RecordField;
}

function Field({ field: { name, type, source }, values, types, ages, isHidden, onInspect }: FieldProps) {
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
        <span className="ml-auto max-w-1/2 truncate font-mono text-2xs text-faint" title={spelledOut(type)}>
          <Shown text={type} as="name" />
        </span>
      </div>
      <div className={clsx('line-clamp-6 select-text wrap-anywhere font-mono text-xs leading-[18px]', face.className)}>
        {face.content ?? face.text}
      </div>
      {written !== undefined && <div className="text-2xs text-muted">{written}</div>}
    </>
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
