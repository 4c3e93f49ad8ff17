import type { ReactNode } from 'react';

/** The frame that the pages of this feature share: a heading line, then panels. */
export function SchemaPage({ heading, children }: { heading: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 p-4">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">{heading}</header>
      {children}
    </div>
  );
}
