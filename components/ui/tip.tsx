import { Lightbulb, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { IconButton } from './icon-button';
import { Popover } from './popover';
import { useStoredText } from './stored-text';

const keyOf = (name: string) => `ringside.tip.${name}`;

interface TipProps {
  /** What it teaches. Dismissed in one place, it is dismissed in all that use this name. */
  name: string;
  children: ReactNode;
  /** What stands in its place once it is dismissed. */
  otherwise?: ReactNode;
}

/** A short lesson where it is needed, until somebody dismisses it in this browser for good. */
export function Tip({ name, children, otherwise }: TipProps) {
  const place = useRef<HTMLDivElement>(null);
  const [kept, keep] = useStoredText(keyOf(name));
  const [dismissed, setDismissed] = useState(false);
  const dismiss = () => {
    // The button goes: the next Tab continues from here.
    place.current?.focus();
    setDismissed(true);
    try {
      keep(() => 'dismissed');
    } catch {
      // This browser stores nothing: dismissed for as long as the page is open.
    }
  };
  const isShown = kept === null && !dismissed;
  return (
    <div ref={place} tabIndex={-1} className="min-w-0 outline-none">
      {isShown ? (
        <div role="note" className="flex items-start gap-1.5 text-left text-muted text-xs">
          <Lightbulb size={14} aria-hidden="true" className="mt-px shrink-0 text-accent" />
          <span className="min-w-0">{children}</span>
          <button
            type="button"
            aria-label="Dismiss this tip"
            title="Dismiss this tip"
            onClick={dismiss}
            className="-my-1 flex size-6 shrink-0 items-center justify-center rounded text-faint hover:text-ink"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </div>
      ) : (
        otherwise
      )}
    </div>
  );
}

interface TipButtonProps {
  name: string;
  /** The question that the tip answers. */
  label: string;
  /** The tip. */
  children: ReactNode;
  className?: string;
}

/** The same lesson on a press, where it would take a line of its own. It goes with the tip. */
export function TipButton({ name, label, children, className }: TipButtonProps) {
  const [kept] = useStoredText(keyOf(name));
  if (kept !== null) return null;
  const trigger = (
    <IconButton label={label} size="sm" className={className}>
      <Lightbulb size={14} aria-hidden="true" className="text-accent" />
    </IconButton>
  );
  return (
    <Popover label={label} trigger={trigger} className="max-w-80">
      {children}
    </Popover>
  );
}
