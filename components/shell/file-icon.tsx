import clsx from 'clsx';
import type { ClusterPage } from '@/lib/client/pages';

/** A drawing of `public/pages.svg`: one for each page, and one for each theme. */
type FileIconName = ClusterPage | `theme-${'system' | 'light' | 'dark'}`;

/** From a file that the browser keeps, so that a page's first load carries no drawings. */
export function FileIcon({ name, className = 'size-4' }: { name: FileIconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      className={clsx(
        'shrink-0 fill-none stroke-current stroke-2 [stroke-linecap:round] [stroke-linejoin:round]',
        className,
      )}
    >
      <use href={`/pages.svg#${name}`} />
    </svg>
  );
}
