import { Copy } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { CellRange } from '@/lib/grid/selection';
import type { CopyForm } from './use-copy';

interface CopyMenuProps {
  range: CellRange;
  columns: number;
  onCopy: (range: CellRange, form: CopyForm) => void;
}

/** Copies what is selected, or the whole rows that it touches. */
export function CopyMenu({ range, columns, onCopy }: CopyMenuProps) {
  const rows: CellRange = { ...range, firstColumn: 0, lastColumn: columns - 1 };
  const trigger = (
    <Button size="sm" variant="ghost" icon={<Copy size={12} aria-hidden="true" />}>
      <span className="sr-only sm:not-sr-only">Copy</span>
    </Button>
  );
  return (
    <Menu align="end" trigger={trigger}>
      <MenuItem keys="⌘C" onSelect={() => onCopy(range, 'text')}>
        Selected cells
      </MenuItem>
      <MenuItem onSelect={() => onCopy(range, 'text_with_header')}>Selected cells with header</MenuItem>
      <MenuItem onSelect={() => onCopy(range, 'json')}>Selected cells as JSON</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => onCopy(rows, 'text')}>Whole rows, tab-separated</MenuItem>
      <MenuItem onSelect={() => onCopy(rows, 'text_with_header')}>Whole rows with header</MenuItem>
      <MenuItem onSelect={() => onCopy(rows, 'json')}>Whole rows as JSON</MenuItem>
    </Menu>
  );
}
