'use client';

import clsx from 'clsx';
import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useRef } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { isPressed } from '@/components/ui/shortcuts';
import { Shown } from '@/components/ui/shown';
import { randomId } from '@/lib/client/random-id';
import { type DocumentAction, isUnsaved, type QueryDocument, tabTitle } from '@/lib/workbench/documents';
import { useClosing } from './use-closing';

interface DocumentTabsProps {
  documents: readonly QueryDocument[];
  activeId: string;
  dispatch: (action: DocumentAction) => void;
  onRename: (document: QueryDocument, index: number) => void;
}

/** The tabs of the editor. Arrow keys move between them, Delete closes the active one, F2 or a double click renames it. */
export function DocumentTabs({ documents, activeId, dispatch, onRename }: DocumentTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const close = useClosing(documents, dispatch);
  const renameAt = (index: number) => {
    const document = documents[index];
    if (document !== undefined) onRename(document, index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const index = documents.findIndex(({ id }) => id === activeId);
    const target = tabForKey(event.key, index, documents);
    if (target !== undefined) {
      event.preventDefault();
      dispatch({ type: 'select', id: target });
      list.current?.querySelector<HTMLElement>(`[data-document="${target}"]`)?.focus();
    } else if (isPressed('tabClose', event)) {
      event.preventDefault();
      close(activeId);
    } else if (isPressed('tabRename', event)) {
      event.preventDefault();
      renameAt(index);
    }
  };
  return (
    <div className="flex h-9 shrink-0 items-center border-line border-b bg-canvas">
      <div ref={list} role="tablist" aria-label="Statements" className="thin-scrollbar flex min-w-0 overflow-x-auto">
        {documents.map((document, index) => (
          <DocumentTab
            key={document.id}
            title={tabTitle(document, index)}
            document={document}
            active={document.id === activeId}
            dispatch={dispatch}
            onKeyDown={onKeyDown}
            onRename={() => renameAt(index)}
          />
        ))}
      </div>
      <IconButton size="sm" className="ml-1" label="Close this statement" onClick={() => close(activeId)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        size="sm"
        className="mr-1"
        label="New statement"
        onClick={() => dispatch({ type: 'open', id: randomId() })}
      >
        <Plus size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

interface DocumentTabProps {
  title: string;
  document: QueryDocument;
  active: boolean;
  dispatch: (action: DocumentAction) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onRename: () => void;
}

function DocumentTab({ title, document, active, dispatch, onKeyDown, onRename }: DocumentTabProps) {
  const { id, saved } = document;
  return (
    <button
      type="button"
      role="tab"
      data-document={id}
      aria-selected={active}
      aria-controls="query-text"
      tabIndex={active ? 0 : -1}
      onClick={() => dispatch({ type: 'select', id })}
      onDoubleClick={onRename}
      onKeyDown={onKeyDown}
      title={saved?.path}
      className={clsx(
        'h-9 max-w-56 shrink-0 truncate border-line border-r px-3 text-sm hover:text-ink',
        active ? 'bg-surface text-ink' : 'text-muted',
      )}
    >
      <Shown text={title} as="text" />
      {isUnsaved(document) && (
        <>
          <span aria-hidden="true" className="ml-1 text-accent">
            ●
          </span>
          <span className="sr-only"> (unsaved)</span>
        </>
      )}
    </button>
  );
}

function tabForKey(key: string, index: number, documents: readonly QueryDocument[]): string | undefined {
  switch (key) {
    case 'ArrowRight':
      return documents[(index + 1) % documents.length]?.id;
    case 'ArrowLeft':
      return documents.at(index - 1)?.id;
    case 'Home':
      return documents[0]?.id;
    case 'End':
      return documents.at(-1)?.id;
    default:
      return undefined;
  }
}
