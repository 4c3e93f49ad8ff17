import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/text/format';

/** A table with more rows than these is slow to draw, and nobody reads it. */
const MOST_ROWS = 100;

interface FirstRows<Row> {
  readonly shown: readonly Row[];
  /** What is left out, and how to see it; null: nothing. */
  readonly rest: ReactNode;
}

/** The rows of a large cluster that matter, first those with something to say; the others on request. */
export function useFirstRows<Row>(rows: readonly Row[], matters: (row: Row) => boolean): FirstRows<Row> {
  const [isWhole, setWhole] = useState(false);
  if (rows.length <= MOST_ROWS) return { shown: rows, rest: null };
  const sorted = [...rows.filter(matters), ...rows.filter((row) => !matters(row))];
  if (isWhole) return { shown: sorted, rest: null };
  const rest = (
    <p className="flex flex-wrap items-center gap-2 border-line border-t px-4 py-2 text-muted text-sm">
      {formatCount(rows.length - MOST_ROWS)} more nodes are not listed; those in doubt come first.
      <Button size="sm" onClick={() => setWhole(true)}>
        List all {formatCount(rows.length)}
      </Button>
    </p>
  );
  return { shown: sorted.slice(0, MOST_ROWS), rest };
}
