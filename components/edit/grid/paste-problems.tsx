import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { Dialog } from '@/components/ui/dialog';
import type { PasteProblem } from '@/lib/edit/acts';
import { formatCount, plural } from '@/lib/text/format';

/** More than these say nothing new. */
const MOST = 200;

/** Why nothing was pasted: each cell that does not fit. */
export function PasteProblems({ problems, onClose }: { problems: readonly PasteProblem[]; onClose: () => void }) {
  const more = problems.length - MOST;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Nothing was pasted"
      description={`${plural(problems.length, 'cell')} of what was copied ${problems.length === 1 ? 'does' : 'do'} not fit.`}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <DataTable
        caption="Cells that do not fit"
        rows={problems.slice(0, MOST)}
        rowKey={({ row, column }) => `${row} ${column}`}
        columns={[
          { id: 'row', header: 'Row', align: 'right', cell: ({ row }) => formatCount(row) },
          { id: 'column', header: 'Column', cell: ({ column, name }) => (name === '' ? formatCount(column) : name) },
          { id: 'text', header: 'Text', mono: true, cell: ({ text }) => text, className: 'max-w-60 truncate' },
          { id: 'why', header: 'Why', cell: ({ why }) => why, className: 'min-w-48 whitespace-normal!' },
        ]}
      />
      {more > 0 && <p className="mt-2 text-muted text-sm">And {formatCount(more)} more.</p>}
    </Dialog>
  );
}
