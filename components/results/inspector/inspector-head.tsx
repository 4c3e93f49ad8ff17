import { Download, Rows3, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { Shown } from '@/components/ui/shown';
import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { formatCount } from '@/lib/text/format';
import { valueText } from '@/lib/values/value-text';
import { downloadValue } from './download';

interface InspectorHeadProps {
  row: number;
  column: ResultColumn;
  value: JsonValue | undefined;
  type: CqlType | undefined;
  /** What can be done with the row. */
  tools?: ReactNode;
  onRecord: () => void;
  onClose: () => void;
}

/** What is looked at, and what can be done with it as a whole. */
export function InspectorHead({ row, column, value, type, tools, onRecord, onClose }: InspectorHeadProps) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 border-line border-b px-3">
      <div className="min-w-0 flex-1">
        <h2 className="truncate font-mono font-semibold text-xs">
          <Shown text={column.name} as="name" />
        </h2>
        <p className="truncate text-2xs text-faint">
          <span className="font-mono">
            <Shown text={column.type} as="name" />
          </span>{' '}
          · row {formatCount(row + 1)}
        </p>
      </div>
      <IconButton label="Open the row" keys="rowsRecord" size="sm" onClick={onRecord}>
        <Rows3 size={14} aria-hidden="true" />
      </IconButton>
      {tools}
      {value !== undefined && value !== null && (
        <>
          <IconButton
            label="Download value"
            size="sm"
            onClick={() => downloadValue(`${column.name}-row-${row + 1}`, value, type)}
          >
            <Download size={14} aria-hidden="true" />
          </IconButton>
          <CopyButton label="Copy value" text={() => valueText(value, type)} />
        </>
      )}
      <IconButton label="Close inspector" keys="inspectorClose" size="sm" onClick={onClose}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </header>
  );
}
