import type { ReactNode } from 'react';
import { PAGE_BODY } from '@/components/ui/page';

/** The frame of this feature's pages: a head, then panels. */
export function SchemaPage({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <>
      {head}
      <div className={`${PAGE_BODY} pt-1`}>{children}</div>
    </>
  );
}
