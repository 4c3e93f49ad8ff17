import clsx from 'clsx';
import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import type { Draft } from '@/lib/edit/draft';
import { offered } from '@/lib/edit/seen-values';

interface Offers {
  readonly texts: readonly string[];
  /** The index of the one that Enter takes; -1: none. */
  readonly at: number;
  /** For the input that is completed. */
  readonly list: Pick<ComponentProps<'input'>, 'role' | 'aria-expanded' | 'aria-controls' | 'aria-activedescendant'>;
  readonly listId: string;
  /** Moves among the offers; false: the key leads to none. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** What is marked is forgotten, as after another letter. */
  readonly unmark: () => void;
}

/** Values of the column to complete a draft with. Nothing is marked at first, so that Enter keeps what is typed. */
export function useOffers(seen: readonly JsonValue[], draft: Draft, type: CqlType, isShown: boolean): Offers {
  const listId = useId();
  const [marked, setMarked] = useState(-1);
  const texts = isShown ? offered(seen, draft.as === 'text' ? draft.text : '', type) : [];
  const at = Math.min(marked, texts.length - 1);
  const onKey = (event: KeyboardEvent): boolean => {
    const step = isPressed('cellNextOffer', event) ? 1 : isPressed('cellPreviousOffer', event) ? -1 : 0;
    const next = at + step;
    if (step === 0 || next < -1 || next >= texts.length) return false;
    setMarked(next);
    return true;
  };
  const list =
    texts.length === 0
      ? {}
      : {
          role: 'combobox' as const,
          'aria-expanded': true,
          'aria-controls': listId,
          ...(at === -1 ? {} : { 'aria-activedescendant': `${listId}-${at}` }),
        };
  return { texts, at, list, listId, onKey, unmark: () => setMarked(-1) };
}

/** The list of a {@link useOffers}. */
export function OfferList({ offers, onTake }: { offers: Offers; onTake: (text: string) => void }) {
  if (offers.texts.length === 0) return null;
  return (
    <div id={offers.listId} role="listbox" aria-label="Values seen in this column" className="-mx-1">
      {offers.texts.map((text, index) => (
        <button
          key={text}
          type="button"
          id={`${offers.listId}-${index}`}
          role="option"
          aria-selected={index === offers.at}
          // The input has the focus, and keeps it.
          tabIndex={-1}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(text)}
          className={clsx(
            'flex min-h-6 w-full items-center truncate rounded px-1 text-start font-mono text-xs',
            'hover:bg-hover aria-selected:bg-selected pointer-coarse:min-h-9',
          )}
        >
          <Shown text={text} as="line" />
        </button>
      ))}
    </div>
  );
}
