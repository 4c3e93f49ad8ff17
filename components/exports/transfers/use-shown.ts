import { useCallback, useState } from 'react';

/**
 * Whether the element that gets `ref` is on the screen: what nobody sees need not be watched.
 * @param onMount gets the element once, when it appears; the same function at each render
 */
export function useShown(onMount?: (element: HTMLElement) => void) {
  const [shown, setShown] = useState(false);
  const ref = useCallback(
    (element: HTMLElement | null) => {
      if (element === null) return;
      onMount?.(element);
      const observer = new IntersectionObserver((entries) => setShown(entries.at(-1)?.isIntersecting === true));
      observer.observe(element);
      return () => observer.disconnect();
    },
    [onMount],
  );
  return { ref, shown };
}
