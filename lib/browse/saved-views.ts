import * as z from 'zod/mini';
import { parseJson } from '@/lib/contract/json';
import { type BrowseAddress, writeAddress } from './address';

/** A named view: what is read of a table and how, not where in it. */
export interface SavedView {
  readonly name: string;
  /** As in the address. */
  readonly search: string;
}

const savedSchema = z.array(z.object({ name: z.string().check(z.minLength(1)), search: z.string() }));

/** More than anybody can tell apart, and small enough for a browser's storage. */
const MOST_VIEWS = 100;
const LONGEST_NAME = 80;

/** The stored views in the order of their names. Anything that another version or a person has written there counts as none. */
export function readViews(text: string): readonly SavedView[] {
  return savedSchema.safeParse(parseJson(text)).data ?? [];
}

/** The part of an address that a view keeps. */
export function searchOf(address: BrowseAddress): string {
  const { filters, columns, reversed, filtering, pageRows, sort, quick } = address;
  return writeAddress('', { filters, columns, reversed, filtering, pageRows, sort, quick });
}

/** Why a view cannot have this name, in a person's words; null when it can. `own` is the name that it has now. */
export function nameProblem(views: readonly SavedView[], name: string, own?: string): string | null {
  const trimmed = name.trim();
  if (trimmed === '') return 'Enter a name';
  if (trimmed.length > LONGEST_NAME) return `A name can have at most ${LONGEST_NAME} characters`;
  if (own === undefined && views.length >= MOST_VIEWS)
    return `There are already ${MOST_VIEWS} views. Delete one first.`;
  return views.some((view) => view.name === trimmed && view.name !== own) ? 'Another view already has this name' : null;
}

/** With one more view, in the order of names. */
export function withView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [...views, { ...view, name: view.name.trim() }].sort((a, b) =>
    a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => view.name !== name);
}

export function renamed(views: readonly SavedView[], from: string, to: string): readonly SavedView[] {
  const view = views.find(({ name }) => name === from);
  return view === undefined ? views : withView(withoutView(views, from), { ...view, name: to });
}
