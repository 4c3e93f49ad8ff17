import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { Shown } from '@/components/ui/shown';
import { Tooltip } from '@/components/ui/tooltip';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { isKey } from '@/lib/edit/finished';
import { cellText } from '@/lib/values/cell-text';
import { CellSurface } from './cell-surface';
import { DraftTools } from './input/draft-tools';
import { DraftWords } from './input/draft-words';
import { useWords } from './input/use-words';
import type { useCellDraft } from './use-cell-draft';
import { ValueBody } from './value-body';

interface CellPanelProps {
  column: ColumnShape;
  /** What stays in the cell meanwhile. */
  value: JsonValue | undefined;
  surfaceId: string;
  cell: ReturnType<typeof useCellDraft>;
}

/** A value with room around it, until it is kept or given up by its buttons or their keys. */
export function CellPanel({ column, value, surfaceId, cell }: CellPanelProps) {
  const { name, type } = column;
  const { draft, setDraft, problem, keep, cancel } = cell;
  const noteId = useId();
  const mayBeNull = !isKey(column);
  const words = useWords({ draft, type, value: undefined, problem, mayBeNull });
  return (
    <>
      <span className="block truncate px-2 font-mono text-muted text-xs leading-7">
        <Shown text={value === undefined ? 'unset' : cellText(value, type)} as="line" />
      </span>
      <CellSurface id={surfaceId} label={`Value of ${name}`} wide>
        <div className="max-h-[min(24rem,55dvh)] overflow-auto">
          <ValueBody
            name={name}
            type={type}
            draft={draft}
            onDraft={setDraft}
            focused
            control={{
              'aria-label': `${name}, ${formatCqlType(type)}`,
              'aria-describedby': noteId,
              ...(words.problem === null ? {} : { 'aria-invalid': true }),
            }}
          />
        </div>
        <DraftWords id={noteId} {...words} className="mt-1" />
        <div className="mt-2 flex flex-wrap items-center gap-1">
          <DraftTools draft={draft} type={type} onDraft={setDraft} mayBeNull={mayBeNull} />
          <span className="ml-auto flex gap-1">
            <Tooltip text="Leave the cell as it was" keys="cellCancel">
              <Button size="sm" variant="ghost" onClick={cancel}>
                Cancel
              </Button>
            </Tooltip>
            <Tooltip text="Keep the value" keys="cellKeep">
              <Button size="sm" variant="primary" disabled={problem !== null} onClick={() => keep('down')}>
                Keep
              </Button>
            </Tooltip>
          </span>
        </div>
      </CellSurface>
    </>
  );
}
