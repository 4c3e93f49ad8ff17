interface EstimateProps {
  /** Null: nobody has told it. */
  value: number | null;
  format: (value: number) => string;
  /** What stands in place of null. */
  unknown: string;
}

/**
 * What nodes estimate of their SSTables, marked as such. They write it every few minutes: a 0 may be older than the rows
 * that are there, and is never shown as if there were none.
 */
export function Estimate({ value, format, unknown }: EstimateProps) {
  if (value === null) return <span className="font-normal text-faint text-sm">{unknown}</span>;
  if (value === 0) return <span className="font-normal text-faint text-sm">0 at the last estimate</span>;
  return `~${format(value)}`;
}
