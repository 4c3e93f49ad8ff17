import { Clock } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/input';
import { isPressed } from '@/components/ui/shortcuts';
import { formatCount } from '@/lib/text/format';
import type { RecordView } from '@/lib/values/record';

/** What of a row is shown. It stays as it is from row to row. */
export interface ShownParts extends RecordView {
  readonly withAges: boolean;
}

interface RecordToolsProps {
  shown: ShownParts;
  /** How many there are; null: the row is not here. */
  nulls: number | null;
  /** Why no write time can be read. */
  ageRefusal: string | undefined;
  onChange: (change: Partial<ShownParts>) => void;
}

/** Chooses what of the row is shown. */
export function RecordTools({ shown, nulls, ageRefusal, onChange }: RecordToolsProps) {
  const { search, hideNulls, withAges } = shown;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPressed('recordClose', event) || search === '') return;
    event.stopPropagation();
    onChange({ search: '' });
  };
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3 py-1.5">
      <input
        type="search"
        aria-label="Find a column"
        placeholder="Find a column"
        value={search}
        onChange={({ target }) => onChange({ search: target.value })}
        onKeyDown={onKeyDown}
        spellCheck={false}
        className="h-7 min-w-32 flex-1 rounded border border-line-strong bg-surface px-2 text-sm"
      />
      <Checkbox checked={hideNulls} onChange={({ target }) => onChange({ hideNulls: target.checked })}>
        Hide nulls{nulls !== null && ` (${formatCount(nulls)})`}
      </Checkbox>
      <span title={ageRefusal}>
        <Button
          size="sm"
          variant="ghost"
          icon={<Clock size={12} aria-hidden="true" />}
          aria-pressed={withAges}
          disabled={ageRefusal !== undefined}
          onClick={() => onChange({ withAges: !withAges })}
        >
          Write times
        </Button>
      </span>
    </div>
  );
}
