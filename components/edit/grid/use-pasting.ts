import { useEffect, useRef } from 'react';
import type { GridHandle } from '@/components/grid/types';

/** Pasting while a grid itself has the focus: the browser gives the text to the page then, without asking. */
export function usePasting(grid: { readonly current: GridHandle | null }, onPaste: (text: string) => void): void {
  const latest = useRef(onPaste);
  useEffect(() => {
    latest.current = onPaste;
  });
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain');
      if (text === undefined || grid.current?.hasFocus() !== true) return;
      event.preventDefault();
      latest.current(text);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [grid]);
}
