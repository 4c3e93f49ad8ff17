'use client';

import { X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { formatBytes, formatCount, plural } from '@/components/ui/format';
import { IconButton } from '@/components/ui/icon-button';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import { blobLength, hexDump } from './blob-text';
import { columnType, exactJson, isBlob, isNested, isText, valueText } from './value-text';

/** More text than this in one element makes browsers slow; all of it can still be copied. */
const CHARACTERS_SHOWN = 200_000;
const BLOB_BYTES_SHOWN = 65_536;

/** A region that scrolls must be reachable by keyboard. */
const SCROLLABLE = { role: 'region', 'aria-label': 'Value', tabIndex: 0 } as const;

export interface InspectorProps {
  row: number;
  column: ResultColumn;
  /** `undefined`: the row is not in memory (yet). */
  value: JsonValue | undefined;
  onClose: () => void;
}

/** One value, whole: nested ones laid out, blobs as hex, long text wrapped. */
export default function Inspector({ row, column, value, onClose }: InspectorProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = panel.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside
      ref={panel}
      aria-label="Inspector"
      className="absolute inset-y-0 right-0 z-20 flex w-[min(26rem,100%)] shrink-0 flex-col border-line border-l bg-surface md:static md:w-96"
    >
      <header className="flex h-11 shrink-0 items-center gap-2 border-line border-b px-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-mono font-semibold text-xs">{column.name}</h2>
          <p className="truncate text-2xs text-faint">
            <span className="font-mono">{column.type}</span> · row {formatCount(row + 1)}
          </p>
        </div>
        {value !== undefined && (
          <CopyButton label="Copy value" text={() => valueText(value, columnType(column.type))} />
        )}
        <IconButton label="Close inspector" keys="Esc" size="sm" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </IconButton>
      </header>
      <div {...SCROLLABLE} className="thin-scrollbar min-h-0 flex-1 overflow-auto p-3">
        {value === undefined ? (
          <p className="text-muted text-sm">This row is being read again.</p>
        ) : (
          <ValueView key={`${row} ${column.name}`} value={value} column={column} />
        )}
      </div>
    </aside>
  );
}

function ValueView({ value, column }: { value: JsonValue; column: ResultColumn }) {
  const type = columnType(column.type);
  if (value === null) return <Nothing>null: no value is stored.</Nothing>;
  if (value === '')
    return <Nothing>{isText(type) ? 'Empty text: not null.' : 'A value of zero bytes: not null.'}</Nothing>;
  if (isNested(value)) return <Nested value={value} />;
  if (typeof value === 'string' && isBlob(type)) return <Blob text={value} />;
  if (typeof value === 'string' && isText(type)) return <LongText text={value} />;
  return <Pre text={valueText(value, type)} />;
}

function Nothing({ children }: { children: string }) {
  return <p className="text-muted text-sm italic">{children}</p>;
}

function Nested({ value }: { value: JsonValue & object }) {
  const count = Array.isArray(value) ? plural(value.length, 'element') : plural(Object.keys(value).length, 'field');
  return (
    <>
      <Fact>{count}</Fact>
      <Pre text={exactJson(value, 2)} />
      <div className="mt-2">
        <CopyButton label="Copy as JSON" text={() => exactJson(value, 2)} variant="secondary">
          Copy as JSON
        </CopyButton>
      </div>
    </>
  );
}

function Blob({ text }: { text: string }) {
  const bytes = blobLength(text);
  return (
    <>
      <Fact>
        {formatBytes(bytes)}
        {bytes > BLOB_BYTES_SHOWN && `, the first ${formatBytes(BLOB_BYTES_SHOWN)} shown`}
      </Fact>
      {bytes === 0 ? (
        <Nothing>Zero bytes: not null.</Nothing>
      ) : (
        <Pre text={hexDump(text, BLOB_BYTES_SHOWN)} wrap={false} />
      )}
    </>
  );
}

function LongText({ text }: { text: string }) {
  const json = text.length <= CHARACTERS_SHOWN ? jsonOf(text) : undefined;
  const [laidOut, setLaidOut] = useState(json !== undefined);
  return (
    <>
      <Fact>
        {plural(Array.from(text.slice(0, CHARACTERS_SHOWN)).length, 'character')}
        {text.length > CHARACTERS_SHOWN && ' shown, more follow'}
      </Fact>
      {json !== undefined && (
        <label className="mb-2 flex items-center gap-2 text-muted text-xs">
          <input
            type="checkbox"
            checked={laidOut}
            onChange={(event) => setLaidOut(event.target.checked)}
            className="accent-accent"
          />
          This text is JSON: lay it out
        </label>
      )}
      <Pre text={laidOut && json !== undefined ? json : text} />
    </>
  );
}

/** The text laid out, if it is a JSON object or array. */
function jsonOf(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

function Fact({ children }: { children: ReactNode }) {
  return <p className="mb-2 text-faint text-xs">{children}</p>;
}

function Pre({ text, wrap = true }: { text: string; wrap?: boolean }) {
  return (
    <pre className={`select-text font-mono text-xs ${wrap ? 'whitespace-pre-wrap break-words' : 'w-max'}`}>
      {text.slice(0, CHARACTERS_SHOWN)}
      {text.length > CHARACTERS_SHOWN && '…'}
    </pre>
  );
}
