import clsx from 'clsx';
import { useState } from 'react';
import { cellFace } from '@/components/results/rows/cell-face';
import { Shown } from '@/components/ui/shown';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { cellText } from '@/lib/values/cell-text';
import { valueText } from '@/lib/values/value-text';

/** More of a value is shown when it is asked for. */
const CHARACTERS = 200;

interface ValueTextProps {
  /** Undefined: unset, which is neither null nor empty. */
  value: JsonValue | undefined;
  type: CqlType | undefined;
  /** What it is, for the button that shows all of it. */
  label: string;
  className?: string | undefined;
}

/** A value as a cell shows it, with a way to see the whole. */
export function ValueText({ value, type, label, className }: ValueTextProps) {
  const [isWhole, setWhole] = useState(false);
  if (value === undefined) return <span className={clsx('text-faint italic', className)}>unset</span>;
  const isLong = cellText(value, type, CHARACTERS).length > CHARACTERS;
  if (isWhole) {
    return (
      <pre className="thin-scrollbar max-h-60 w-full overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-2 text-xs">
        <Shown text={valueText(value, type)} as="text" />
      </pre>
    );
  }
  const face = cellFace(value, type, CHARACTERS);
  return (
    <span className={clsx('min-w-0 break-words font-mono text-xs', face.className, className)}>
      {face.content ?? face.text}
      {isLong && (
        <button
          type="button"
          aria-label={`Show the whole value: ${label}`}
          onClick={() => setWhole(true)}
          className="ml-1 min-h-6 rounded px-1 font-sans text-accent hover:underline"
        >
          Show all
        </button>
      )}
    </span>
  );
}
