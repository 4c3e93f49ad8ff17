import { useCallback, useState } from 'react';

/** Whether the element that `ref` is given to is on the screen: what is not seen need not be watched. */
export function useShown() {
  const [shown, setShown] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => setShown(entries.at(-1)?.isIntersecting === true));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, shown };
}
