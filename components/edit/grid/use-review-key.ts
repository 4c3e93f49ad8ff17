import { type RefObject, useEffect, useRef } from 'react';
import { isPressed } from '@/components/ui/shortcuts';

/**
 * Opens the review from anywhere on the page, not only from the rows: there the browser would save the page instead. What
 * has the focus comes first (the editor saves its statement), and so does an open dialog.
 */
export function useReviewKey(bar: RefObject<HTMLElement | null>, onReview: (() => void) | undefined): void {
  const latest = useRef(onReview);
  useEffect(() => {
    latest.current = onReview;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isPressed('editReview', event)) return;
      // Of several results one is shown.
      if (latest.current === undefined || bar.current?.checkVisibility() !== true) return;
      if (document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [bar]);
}
