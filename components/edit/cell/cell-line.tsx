import { Maximize2 } from 'lucide-react';
import { type KeyboardEvent, useId, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import type { JsonValue } from '@/lib/contract/json';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import { formatCqlType } from '@/lib/cql/type-text';
import { typedDraft } from '@/lib/edit/draft';
import { isCounter } from '@/lib/edit/edit-between';
import { isKey } from '@/lib/edit/finished';
import { isText } from '@/lib/values/value-text';
import { moveOf } from './cell-keys';
import { CellSurface } from './cell-surface';
import { CounterTools } from './input/counter-tools';
import { DraftTools } from './input/draft-tools';
import { DraftWords } from './input/draft-words';
import { LeafInput } from './input/leaf-input';
import { OfferList, useOffers } from './input/use-offers';
import { useWords } from './input/use-words';
import type { useCellDraft } from './use-cell-draft';

interface CellLineProps {
  column: ColumnShape;
  value: JsonValue | undefined;
  seen: readonly JsonValue[];
  surfaceId: string;
  cell: ReturnType<typeof useCellDraft>;
  /** Undefined for what one line always holds. */
  onPanel: (() => void) | undefined;
  /** Several lines were pasted. */
  onLines: (text: string) => void;
}

/** A value that is typed in the cell itself, and below it what is said of it and can be done. */
export function CellLine({ column, value, seen, surfaceId, cell, onPanel, onLines }: CellLineProps) {
  const { name, type } = column;
  const { draft, setDraft, isChanged, problem, keep } = cell;
  const noteId = useId();
  const surface = useRef<HTMLDivElement>(null);
  const mayBeNull = !isKey(column);
  const words = useWords({ draft, type, value, problem, mayBeNull });
  const offers = useOffers(seen, draft, type, isChanged && draft.as === 'text');
  const marked = offers.texts[offers.at];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
    const after = marked === undefined ? undefined : moveOf(event);
    if (after !== undefined && marked !== undefined) keep(after, typedDraft(marked));
    else if (!offers.onKey(event)) {
      if (!isPressed('cellNextOffer', event)) return;
      surface.current?.querySelector('button')?.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <LeafInput
        draft={draft}
        type={type}
        onDraft={(next) => {
          offers.unmark();
          setDraft(next);
        }}
        focused
        onKeyDown={onKeyDown}
        onLines={isText(type) ? onLines : undefined}
        list={offers.list}
        control={{
          'aria-label': `${name}, ${formatCqlType(type)}`,
          'aria-describedby': noteId,
          ...(words.problem === null ? {} : { 'aria-invalid': true }),
        }}
        className="absolute inset-y-0 left-0 z-10 h-full! w-auto! min-w-full max-w-[min(24rem,90vw)] rounded-none! border-2! border-accent! text-xs! outline-none! [field-sizing:content] aria-invalid:border-danger!"
      />
      <CellSurface id={surfaceId} label={`Value of ${name}`} wide={false} inside={surface}>
        <OfferList offers={offers} onTake={(text) => keep('stay', typedDraft(text))} />
        <DraftWords id={noteId} {...words} />
        <DraftTools draft={draft} type={type} onDraft={setDraft} mayBeNull={mayBeNull}>
          {isCounter(type) && <CounterTools draft={draft} onDraft={setDraft} />}
          {onPanel !== undefined && (
            <IconButton label="Edit in a panel" keys="cellPanel" size="sm" onClick={onPanel} className="ml-auto">
              <Maximize2 size={14} aria-hidden="true" />
            </IconButton>
          )}
        </DraftTools>
      </CellSurface>
    </>
  );
}
