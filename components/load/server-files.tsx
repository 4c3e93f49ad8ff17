import { useQuery } from '@tanstack/react-query';
import { File, Folder } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { errorText } from '@/lib/client/error-text';
import { loadFilesQuery } from '@/lib/client/load';
import { formatBytes } from '@/lib/text/format';

interface ServerFilesProps {
  cluster: string;
  /** A file, or a directory whose files are all loaded. */
  onPick: (path: string) => void;
}

/** The files on the server that the configuration allows to be loaded. */
export function ServerFiles({ cluster, onPick }: ServerFilesProps) {
  const [path, setPath] = useState<string | null>(null);
  const { data, error, isPending } = useQuery(loadFilesQuery(cluster, path));
  if (error !== null) return <ErrorState title="Could not list the files" {...errorText(error)} />;
  if (isPending) {
    return (
      <Loading label="Listing the files">
        <Skeleton className="h-16" />
      </Loading>
    );
  }
  const { entries, isCut } = data;
  if (path === null && entries.length === 0) {
    return (
      <p className="text-muted text-sm">
        No directory of the server may be read. <code>load.directories</code> in the configuration file names those that
        may.
      </p>
    );
  }
  return (
    <section aria-label="Files on the server" className="space-y-2 rounded border border-line p-2">
      {path !== null && (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" variant="ghost" onClick={() => setPath(null)}>
            All directories
          </Button>
          <code className="min-w-0 flex-1 break-all text-xs">
            <Shown text={path} as="text" />
          </code>
          <Button size="sm" disabled={!entries.some(({ kind }) => kind === 'file')} onClick={() => onPick(path)}>
            Load all its files
          </Button>
        </div>
      )}
      <ul className="thin-scrollbar max-h-60 overflow-auto">
        {entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className="flex w-full items-center gap-2 rounded px-1.5 py-1 text-left text-sm hover:bg-hover"
              onClick={() => (entry.kind === 'file' ? onPick(entry.path) : setPath(entry.path))}
            >
              {entry.kind === 'file' ? <File size={14} aria-hidden="true" /> : <Folder size={14} aria-hidden="true" />}
              <span className="min-w-0 flex-1 break-all">
                <Shown text={entry.name} as="name" />
              </span>
              {entry.bytes !== null && (
                <span className="shrink-0 text-muted text-xs tabular-nums">{formatBytes(entry.bytes)}</span>
              )}
            </button>
          </li>
        ))}
        {entries.length === 0 && <li className="px-1.5 text-muted text-sm">This directory is empty.</li>}
      </ul>
      {isCut && <p className="text-muted text-xs">There are more, which are not listed.</p>}
    </section>
  );
}
