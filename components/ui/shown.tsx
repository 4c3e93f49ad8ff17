import { lazy, type ReactNode, Suspense } from 'react';
import { holdsUnseen, readsRightToLeft, spelledOut, type TextKind } from '@/lib/text/unseen';

// Rarely needed, so that its tables are no part of a page's first load.
const DrawnText = lazy(() => import('./drawn-text'));

/** True where a text must be drawn by {@link Shown}; any other is what it looks like. */
export function mustBeDrawn(text: string, as: TextKind): boolean {
  return holdsUnseen(text, as) || readsRightToLeft(text);
}

/**
 * A text from outside, with what cannot be seen in it marked, and kept from reordering its neighbours. What is selected
 * and copied is the text itself.
 */
export function Shown({ text, as }: { text: string; as: TextKind }): ReactNode {
  if (!mustBeDrawn(text, as)) return text;
  return (
    <Suspense fallback={<bdi>{spelledOut(text)}</bdi>}>
      <DrawnText text={text} as={as} />
    </Suspense>
  );
}

/** What a component was given to show: a text is drawn as one from outside, since it may quote a name. */
export function shown(node: ReactNode, as: TextKind = 'text'): ReactNode {
  return typeof node === 'string' ? <Shown text={node} as={as} /> : node;
}
