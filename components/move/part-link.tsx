import type { MouseEvent, ReactNode } from 'react';
import { download } from '@/lib/client/download';

/** A file of the server's, fetched by the browser's download manager. */
export function PartLink({ path, children }: { path: string; children: ReactNode }) {
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    // Without a ticket the plain address is worth a try: most browsers send where a link comes from.
    download(path).catch(() => window.location.assign(path));
  };
  return (
    <a href={path} download onClick={onClick} className="text-accent underline hover:no-underline">
      {children}
    </a>
  );
}
