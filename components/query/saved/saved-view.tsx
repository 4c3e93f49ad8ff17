'use client';

import { Ellipsis, TriangleAlert } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { Shown } from '@/components/ui/shown';
import type { SavedList, SavedSummary } from '@/lib/contract/saved-statements';
import { foldersOf, savedName, savedWords } from '@/lib/workbench/saved';
import { SidePanel } from '../side/side-panel';

/** What can be done with a saved statement. */
export interface SavedActions {
  readonly onOpen: (path: string) => void;
  readonly onMove: (path: string) => void;
  readonly onRemove: (path: string) => void;
  /** Null: all of them. */
  readonly onDownload: (path: string | null) => void;
  readonly onImport: (files: readonly File[]) => void;
}

interface SavedViewProps extends SavedActions {
  search: string;
  onSearch: (search: string) => void;
  /** Undefined: still loading, or it failed. */
  list: SavedList | undefined;
  error: unknown;
  onRetry: () => void;
  onClose: () => void;
}

/** Saved statements by folder; opening one fills a tab and runs nothing. */
export function SavedView({ search, onSearch, list, error, onRetry, onClose, ...actions }: SavedViewProps) {
  return (
    <SidePanel
      label="Saved statements"
      searchLabel="Search saved statements"
      placeholder="Search name, folder, text"
      {...{ search, onSearch, error, onRetry, onClose }}
      loading={list === undefined}
      foot={<Foot list={list} actions={actions} />}
    >
      {list !== undefined &&
        foldersOf(list.statements).map(({ folder, isPrivate, statements }) => (
          <Folder key={`${isPrivate} ${folder}`} folder={folder} isPrivate={isPrivate}>
            {statements.map((summary) => (
              <SavedItem key={summary.path} summary={summary} actions={actions} />
            ))}
          </Folder>
        ))}
      {list?.statements.length === 0 && <Nothing isSearch={search !== ''} />}
      {list?.hasMore && <p className="px-3 py-2 text-warn text-xs">There are more: search to find them.</p>}
    </SidePanel>
  );
}

function Nothing({ isSearch }: { isSearch: boolean }) {
  if (isSearch) return <EmptyState title="No matches" />;
  return (
    <EmptyState title="Nothing saved yet">
      Save the statements of a tab with Ctrl S or ⌘S. They are files on the server, which a team can keep in git.
    </EmptyState>
  );
}

/** The top of the shared ones has no heading. */
function Folder({ folder, isPrivate, children }: { folder: string; isPrivate: boolean; children: ReactNode }) {
  const list = <ul className="divide-y divide-line">{children}</ul>;
  if (folder === '' && !isPrivate) return list;
  return (
    <details open className="border-line border-b">
      <summary className="cursor-default bg-canvas px-3 py-1 font-medium text-muted text-xs hover:text-ink">
        {isPrivate && <>Only you{folder !== '' && ' · '}</>}
        <Shown text={folder} as="name" />
      </summary>
      {list}
    </details>
  );
}

function SavedItem({ summary, actions }: { summary: SavedSummary; actions: SavedActions }) {
  const { path, keyspace, description, excerpt, faults } = summary;
  return (
    <li className="flex items-start hover:bg-hover">
      <button type="button" className="min-w-0 flex-1 px-3 py-2 text-left" onClick={() => actions.onOpen(path)}>
        <span className="block truncate text-sm">
          <Shown text={savedName(path)} as="name" />
        </span>
        <span className="block truncate text-muted text-xs">
          {keyspace !== null && (
            <>
              <Shown text={keyspace} as="name" /> ·{' '}
            </>
          )}
          {description === null ? (
            <code>{<Shown text={excerpt} as="line" />}</code>
          ) : (
            <Shown text={description} as="line" />
          )}
        </span>
        {faults.map((fault) => (
          <span key={fault} className="mt-0.5 flex gap-1 text-warn text-xs">
            <TriangleAlert size={12} aria-hidden="true" className="mt-0.5 shrink-0" />
            <Shown text={fault} as="line" />
          </span>
        ))}
      </button>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" className="mt-1.5 mr-1" label={`What to do with ${savedWords(path)}`}>
            <Ellipsis size={14} aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => actions.onMove(path)}>Rename or move…</MenuItem>
        <MenuItem onSelect={() => actions.onDownload(path)}>Download the file</MenuItem>
        <MenuSeparator />
        <MenuItem danger onSelect={() => actions.onRemove(path)}>
          Delete…
        </MenuItem>
      </Menu>
    </li>
  );
}

function Foot({ list, actions }: { list: SavedList | undefined; actions: SavedActions }) {
  const files = useRef<HTMLInputElement>(null);
  return (
    <footer className="shrink-0 border-line border-t px-2 py-1 text-xs">
      <div className="flex items-center justify-between">
        <Button size="sm" variant="ghost" onClick={() => files.current?.click()}>
          Import files…
        </Button>
        <Button
          size="sm"
          variant="ghost"
          disabled={list === undefined || list.statements.length === 0}
          onClick={() => actions.onDownload(null)}
        >
          Download all
        </Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        accept=".cql,.txt,text/plain"
        aria-label="Files to import"
        className="hidden"
        onChange={({ target }) => {
          actions.onImport([...(target.files ?? [])]);
          // The same files can be chosen again.
          target.value = '';
        }}
      />
      {list !== undefined && (
        <p className="truncate px-1 text-faint" title={list.directory}>
          {list.directory}
        </p>
      )}
    </footer>
  );
}
