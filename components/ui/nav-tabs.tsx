import clsx from 'clsx';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type NavTab = { href: string; label: ReactNode; current: boolean };

/** Views of one thing, each with its own address. */
export function NavTabs({ label, tabs }: { label: string; tabs: readonly NavTab[] }) {
  return (
    <nav aria-label={label} className="flex gap-1">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className={clsx(
            'inline-flex h-7 items-center rounded px-2.5 text-sm pointer-coarse:min-h-9',
            tab.current ? 'bg-selected font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
