import { Copy } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import type { CopyForm } from './copy-forms';

interface CopyMenuProps {
  /** `whole`: whole rows, as they are shown, instead of the selected cells. */
  onCopy: (form: CopyForm, whole: boolean) => void;
  /** Rows that an INSERT can be made of. */
  insertable: boolean;
  /** Rows of a known table, which its primary key finds. */
  keyed: boolean;
  /** Some columns are not shown: an INSERT writes them all the same. */
  hidden: boolean;
}

/** Copies what is selected, or the whole rows that it touches. */
export function CopyMenu({ onCopy, insertable, keyed, hidden }: CopyMenuProps) {
  const trigger = (
    <Button size="sm" variant="ghost" icon={<Copy size={12} aria-hidden="true" />}>
      <span className="sr-only @xl:not-sr-only">Copy</span>
    </Button>
  );
  return (
    <Menu align="end" trigger={trigger} className="min-w-56">
      <MenuLabel>Selected cells</MenuLabel>
      <MenuItem keys="rowsCopy" onSelect={() => onCopy('text', false)}>
        As text
      </MenuItem>
      <MenuItem onSelect={() => onCopy('text_with_header', false)}>As text with header</MenuItem>
      <MenuItem onSelect={() => onCopy('csv', false)}>As CSV</MenuItem>
      <MenuItem onSelect={() => onCopy('json', false)}>As JSON</MenuItem>
      <MenuItem onSelect={() => onCopy('cql', false)}>As CQL literals</MenuItem>
      <MenuSeparator />
      <MenuLabel>Whole rows</MenuLabel>
      <MenuItem onSelect={() => onCopy('text_with_header', true)}>As text with header</MenuItem>
      <MenuItem onSelect={() => onCopy('csv', true)}>As CSV</MenuItem>
      <MenuItem onSelect={() => onCopy('json', true)}>As JSON</MenuItem>
      <MenuItem disabled={!insertable} onSelect={() => onCopy('insert', true)}>
        As INSERT statements{hidden && ', with hidden columns'}
      </MenuItem>
      <MenuItem disabled={!keyed} onSelect={() => onCopy('where', true)}>
        Their keys as WHERE
      </MenuItem>
    </Menu>
  );
}
