import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

/** A place for buttons that replace each other: the focus of one that goes is given to the one that comes. */
export function FocusPlace({ children }: { children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  const hasFocus = useRef(false);
  useEffect(() => {
    const { current } = place;
    const enter = () => {
      hasFocus.current = true;
    };
    const leave = ({ target }: FocusEvent) => {
      // A button that goes loses the focus just before it is gone.
      queueMicrotask(() => {
        if (target instanceof Node && target.isConnected)
          hasFocus.current = current?.contains(document.activeElement) ?? false;
      });
    };
    current?.addEventListener('focusin', enter);
    current?.addEventListener('focusout', leave);
    return () => {
      current?.removeEventListener('focusin', enter);
      current?.removeEventListener('focusout', leave);
    };
  }, []);
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    const next = place.current?.querySelector('button') ?? null;
    hasFocus.current = next !== null;
    next?.focus();
  });
  return (
    <span ref={place} className="contents">
      {children}
    </span>
  );
}
