import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { buttonClass, type Look } from './button';

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({
  variant,
  size,
  className,
  icon,
  children,
  ...props
}: ComponentProps<typeof Link> & Look & { icon?: ReactNode }) {
  return (
    <Link {...props} className={buttonClass({ variant, size, className })}>
      {icon}
      {children}
    </Link>
  );
}
