import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { formatCount } from '@/lib/text/format';

interface RecordHeadProps {
  row: number | null;
  rowCount: number;
  tools: ReactNode;
  onRow: (row: number) => void;
  onClose: () => void;
}

/** Which row it is, and the way to its neighbours. */
export function RecordHead({ row, rowCount, tools, onRow, onClose }: RecordHeadProps) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-line border-b px-3">
      <h2 className="min-w-0 flex-1 truncate font-semibold text-sm">
        {row === null ? 'No row' : `Row ${formatCount(row + 1)}`}
      </h2>
      <IconButton
        label="Previous row"
        keys="recordPrevious"
        size="sm"
        disabled={row === null || row === 0}
        onClick={() => row !== null && onRow(row - 1)}
      >
        <ChevronUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Next row"
        keys="recordNext"
        size="sm"
        disabled={row === null || row + 1 >= rowCount}
        onClick={() => row !== null && onRow(row + 1)}
      >
        <ChevronDown size={14} aria-hidden="true" />
      </IconButton>
      {tools}
      <IconButton label="Close record" keys="recordClose" size="sm" onClick={onClose}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </header>
  );
}
