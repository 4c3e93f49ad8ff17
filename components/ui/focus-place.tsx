import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

interface FocusPlaceProps {
  /** What is shown now: another value, and other buttons may stand here. */
  of: string;
  children: ReactNode;
}

/** A place for buttons that replace each other: the focus of one that goes is given to the one that comes. */
export function FocusPlace({ of, children }: FocusPlaceProps) {
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands here changes with it
  useLayoutEffect(() => {
    if (!hasFocus.current || document.activeElement !== document.body) return;
    const next = place.current?.querySelector('button') ?? null;
    hasFocus.current = next !== null;
    next?.focus();
  }, [of]);
  return (
    <span ref={place} className="contents">
      {children}
    </span>
  );
}
