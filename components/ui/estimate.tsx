import { Badge } from './badge';

interface EstimateProps {
  /** Null: unknown. */
  value: number | null;
  format: (value: number) => string;
  /** Shown in place of null. */
  unknown: string;
  /** Why the estimate cannot be right, in a sentence; it is still shown, but not as a fact. */
  unreliable?: string | undefined;
}

/**
 * What nodes estimate of their SSTables, marked as an estimate. They write it every few minutes: a 0 may be older than the
 * rows in the table, and is never shown as if there were none.
 */
export function Estimate({ value, format, unknown, unreliable }: EstimateProps) {
  if (value === null) return <span className="font-normal text-faint text-sm">{unknown}</span>;
  if (value === 0) return <span className="font-normal text-faint text-sm">not estimated yet</span>;
  if (unreliable === undefined) return `~${format(value)}`;
  return (
    // Not a flex box: where it wraps, both lines keep the alignment of the column.
    <span title={unreliable}>
      <span className="text-faint">~{format(value)}</span> <Badge tone="warn">unreliable</Badge>
    </span>
  );
}
