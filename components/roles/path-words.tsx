import { Shown } from '@/components/ui/shown';
import type { Path } from '@/lib/roles/effective';

/** The roles through which something comes: `by analysts → staff`. */
export function PathWords({ before, path }: { before: string; path: Path }) {
  return (
    <span>
      {before} <Shown text={path.join(' → ')} as="text" />
    </span>
  );
}
