'use client';

import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

type TabsProps = {
  label: string;
  tabs: readonly { value: string; label: ReactNode; content: ReactNode }[];
  value: string;
  onValueChange: (value: string) => void;
  className?: string | undefined;
};

/** Views of one place without addresses of their own; arrow keys move between them. */
export function Tabs({ label, tabs, value, onValueChange, className }: TabsProps) {
  return (
    <Primitive.Root value={value} onValueChange={onValueChange} className={className}>
      <Primitive.List aria-label={label} className="flex gap-1 border-line border-b">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-8 border-transparent border-b-2 px-2.5 text-muted text-sm hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="outline-none focus-visible:outline-2">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
