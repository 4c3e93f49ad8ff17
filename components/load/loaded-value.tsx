import { Shown } from '@/components/ui/shown';
import { type JsonValue, jsonText } from '@/lib/contract/json';

interface LoadedValueProps {
  /** Undefined: there is none. */
  value: JsonValue | undefined;
  /** What stands where there is none. */
  absent?: string;
}

/** A value of a file, or one that is written: of a long one, the beginning. */
export function LoadedValue({ value, absent = '–' }: LoadedValueProps) {
  if (value === undefined) return <span className="text-faint">{absent}</span>;
  if (value === null) return <span className="text-faint italic">null</span>;
  return (
    <code className="line-clamp-2 max-w-60 break-all text-xs">
      <Shown text={typeof value === 'string' ? value : jsonText(value)} as="line" />
    </code>
  );
}
