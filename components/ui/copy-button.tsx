'use client';

import { Check, Copy, X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button, type ButtonSize, type ButtonVariant } from './button';
import { IconButton } from './icon-button';

type CopyButtonProps = {
  /** The text, or a function that gets it when needed. */
  text: string | (() => string | Promise<string>);
  /** What is copied: "Copy CQL". */
  label: string;
  /** Given: a button with words instead of an icon alone. */
  children?: ReactNode;
  size?: ButtonSize;
  variant?: ButtonVariant;
};

const SHOWN_MS = 1_500;

/** Puts text on the clipboard and says whether that worked. */
export function CopyButton({ text, label, children, size = 'sm', variant = 'ghost' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : await text());
      setOutcome('copied');
    } catch {
      // The browser gives no usable reason (no permission, no focus), or the text could not be got; the button shows that
      // nothing was copied.
      setOutcome('refused');
    }
  };
  const Icon = outcome === undefined ? Copy : outcome === 'copied' ? Check : X;
  const icon = <Icon size={14} aria-hidden="true" />;
  const said = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not copied: the browser refused' : '';
  return (
    <>
      {children === undefined ? (
        <IconButton label={said === '' ? label : said} size={size} onClick={copy}>
          {icon}
        </IconButton>
      ) : (
        <Button size={size} variant={variant} icon={icon} onClick={copy} aria-label={label}>
          {children}
        </Button>
      )}
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}
