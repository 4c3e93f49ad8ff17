import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';

interface SidePanelProps {
  label: string;
  /** What the search looks through, as the name of its field. */
  searchLabel: string;
  placeholder: string;
  search: string;
  onSearch: (search: string) => void;
  /** Below the search. */
  filters?: ReactNode;
  /** There is nothing to list yet. */
  loading: boolean;
  /** Null: none. */
  error: unknown;
  onRetry: () => void;
  onClose: () => void;
  /** The list, which scrolls. */
  children: ReactNode;
  foot?: ReactNode;
}

/** What stands beside the editor: a list that is searched, as the history and the saved statements. */
export function SidePanel({ label, filters, loading, error, onRetry, children, foot, ...head }: SidePanelProps) {
  return (
    <aside aria-label={label} className="flex h-full min-h-0 flex-col bg-surface">
      <Head {...head} closeLabel={`Close the ${label.toLowerCase()}`} />
      {filters}
      {error !== null && <ErrorState className="m-2" {...errorText(error)} onRetry={onRetry} />}
      {loading && error === null && <Skeleton className="m-3 h-24" />}
      <div className="thin-scrollbar min-h-0 flex-1 overflow-auto">{children}</div>
      {foot}
    </aside>
  );
}

type HeadProps = Pick<SidePanelProps, 'searchLabel' | 'placeholder' | 'search' | 'onSearch' | 'onClose'>;

function Head({ searchLabel, placeholder, search, onSearch, onClose, closeLabel }: HeadProps & { closeLabel: string }) {
  return (
    <header className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-2">
      <Input
        type="search"
        aria-label={searchLabel}
        placeholder={placeholder}
        className="h-6! text-xs!"
        value={search}
        onChange={({ target }) => onSearch(target.value)}
      />
      <IconButton size="sm" label={closeLabel} onClick={onClose}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </header>
  );
}
