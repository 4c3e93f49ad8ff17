import { Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, type Ref, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import type { BrowseAddress } from '@/lib/browse/address';
import { nameProblem, renamed, type SavedView, searchOf, withoutView, withView } from '@/lib/browse/saved-views';
import type { TablePlace } from '@/lib/client/place';
import { useSearchState, WHOLE_SEARCH } from '@/lib/client/use-search-state';
import { useSavedViews } from './use-saved-views';

interface SavedViewsProps {
  place: TablePlace;
  address: BrowseAddress;
}

/** Named views of this table, in this browser; others can be given a link to one. */
export function SavedViews({ place, address }: SavedViewsProps) {
  const [views, change] = useSavedViews(place);
  const [, write] = useSearchState(WHOLE_SEARCH);
  const saveAs = useRef<HTMLInputElement>(null);
  const present = searchOf(address);
  return (
    <section aria-label="Saved views">
      <div className="mb-1 flex items-center justify-between">
        <h3 className="font-medium text-muted text-xs">Saved views, in this browser</h3>
        <CopyButton label="Copy a link to this view" text={() => linkTo(present)}>
          Copy link
        </CopyButton>
      </div>
      <ViewList
        views={views}
        present={present}
        // Written as it was saved: a view that this version cannot read says so.
        onOpen={(view) => write({ search: view.search }, 'push')}
        onRename={(view, name) => change((now) => renamed(now, view.name, name))}
        onDelete={(view) => {
          // The focused button goes with the view.
          saveAs.current?.focus();
          change((now) => withoutView(now, view.name));
        }}
      />
      <NameForm
        ref={saveAs}
        label="Name of this view"
        verb="Save"
        initial=""
        problemOf={(name) => nameProblem(views, name)}
        onName={(name) => change((now) => withView(now, { name, search: present }))}
      />
    </section>
  );
}

interface ViewListProps {
  views: readonly SavedView[];
  /** The current view, as a saved one keeps it. */
  present: string;
  onOpen: (view: SavedView) => void;
  onRename: (view: SavedView, name: string) => void;
  onDelete: (view: SavedView) => void;
}

function ViewList({ views, present, onOpen, onRename, onDelete }: ViewListProps) {
  const [renaming, setRenaming] = useState<string | null>(null);
  // The focused field goes with the form.
  const [leftAt, setLeftAt] = useState<string | null>(null);
  const endRenaming = (name: string) => {
    setRenaming(null);
    setLeftAt(name.trim());
  };
  return (
    <ul className="thin-scrollbar mb-1 flex max-h-44 flex-col overflow-auto">
      {views.map((view) => (
        <li key={view.name}>
          {renaming === view.name ? (
            <NameForm
              label="New name"
              verb="Rename"
              initial={view.name}
              focused
              problemOf={(name) => nameProblem(views, name, view.name)}
              onName={(name) => {
                onRename(view, name);
                endRenaming(name);
              }}
              onCancel={() => endRenaming(view.name)}
            />
          ) : (
            <ViewLine
              view={view}
              current={view.search === present}
              focused={leftAt === view.name}
              onOpen={() => onOpen(view)}
              onRename={() => setRenaming(view.name)}
              onDelete={() => onDelete(view)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function linkTo(search: string): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${search === '' ? '' : `?${search}`}`;
}

interface ViewLineProps {
  view: SavedView;
  current: boolean;
  focused: boolean;
  onOpen: () => void;
  onRename: () => void;
  onDelete: () => void;
}

function ViewLine({ view, current, focused, onOpen, onRename, onDelete }: ViewLineProps) {
  return (
    <div className="flex min-h-7 items-center gap-0.5">
      <button
        type="button"
        ref={focused ? takeFocus : undefined}
        onClick={onOpen}
        aria-current={current || undefined}
        className="min-w-0 flex-1 truncate rounded px-2 py-1 text-left text-sm hover:bg-hover aria-[current]:bg-selected"
      >
        <Shown text={view.name} as="name" />
      </button>
      <CopyButton label={`Copy a link to ${view.name}`} text={() => linkTo(view.search)} />
      <IconButton label={`Rename ${view.name}`} size="sm" onClick={onRename}>
        <Pencil size={13} aria-hidden="true" />
      </IconButton>
      <IconButton label={`Delete ${view.name}`} size="sm" onClick={onDelete}>
        <Trash2 size={13} aria-hidden="true" />
      </IconButton>
    </div>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

interface NameFormProps {
  ref?: Ref<HTMLInputElement>;
  focused?: boolean;
  label: string;
  verb: ReactNode;
  initial: string;
  problemOf: (name: string) => string | null;
  onName: (name: string) => void;
  onCancel?: () => void;
}

function NameForm({ ref, focused = false, label, verb, initial, problemOf, onName, onCancel }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(name);
    setProblem(found);
    if (found !== null) return;
    setName('');
    try {
      onName(name);
    } catch {
      // Private windows and full disks: the browser does not say which.
      setProblem('Not saved: this browser stores nothing for this page. Copy the link instead.');
    }
  };
  return (
    <form onSubmit={submit}>
      <div className="flex items-center gap-1">
        <Input
          ref={ref}
          autoFocus={focused}
          aria-label={label}
          aria-invalid={problem !== null || undefined}
          placeholder={label}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button type="submit" size="md">
          {verb}
        </Button>
        {onCancel !== undefined && (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      {problem !== null && (
        <p role="alert" className="mt-1 text-danger text-xs">
          {problem}
        </p>
      )}
    </form>
  );
}
