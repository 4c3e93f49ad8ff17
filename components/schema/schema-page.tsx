import type { ReactNode } from 'react';
import { PAGE_BODY, PAGE_HEAD } from '@/components/ui/page';

/** The frame of this feature's pages: a heading line, then panels. */
export function SchemaPage({ heading, children }: { heading: ReactNode; children: ReactNode }) {
  return (
    <>
      <header className={PAGE_HEAD}>{heading}</header>
      <div className={`${PAGE_BODY} pt-1`}>{children}</div>
    </>
  );
}
