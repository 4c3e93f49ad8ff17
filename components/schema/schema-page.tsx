import type { ReactNode } from 'react';

/** The frame of this feature's pages: a heading line, then panels. */
export function SchemaPage({ heading, children }: { heading: ReactNode; children: ReactNode }) {
  return (
    <>
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5">{heading}</header>
      <div className="flex w-full max-w-6xl flex-col gap-4 px-3 pt-1 pb-4">{children}</div>
    </>
  );
}
