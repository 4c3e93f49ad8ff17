import type { CopyForm } from './copy/copy-forms';
import { CopyMenu } from './copy/copy-menu';

interface RowToolsProps {
  /** What was done last. */
  said: string;
  selected: boolean;
  insertable: boolean;
  onCopy: (form: CopyForm, whole: boolean) => void;
}

/** What can be done with the rows, in the line below them. */
export default function RowTools({ said, selected, insertable, onCopy }: RowToolsProps) {
  return (
    <>
      <span role="status" className="hidden max-w-72 truncate text-muted lg:inline" title={said}>
        {said}
      </span>
      {selected && <CopyMenu onCopy={onCopy} insertable={insertable} />}
    </>
  );
}
