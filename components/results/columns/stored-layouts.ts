import * as z from 'zod/mini';
import { keep, keptListeners, readKept } from '@/components/ui/storage';
import { dictionarySchema } from '@/lib/contract/dictionary';
import { parseJson } from '@/lib/contract/json';
import { type ColumnLayout, isPlain, PLAIN_LAYOUT } from '@/lib/grid/column-layout';

/** Layouts of columns that this browser remembers, by cluster and table. */

const STORAGE_KEY = 'ringside.columns';
/** The most recently changed ones are kept: a browser's storage is small. */
const MOST_TABLES = 200;

const layoutSchema = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  pinned: dictionarySchema(z.boolean()),
  widths: dictionarySchema(z.number()),
});
const storedSchema = z.array(z.tuple([z.string(), layoutSchema]));
type Stored = z.infer<typeof storedSchema>;

/** Where a layout is kept: for good under a table's name, or only while this page is open. */
export interface LayoutKey {
  readonly kept: boolean;
  readonly key: string;
}

interface LaidOutTable {
  readonly cluster: string;
  readonly keyspace: string;
  readonly table: string;
}

/** Where the layout of a table is kept; columns are known by their names in it. */
export function tableLayoutKey({ cluster, keyspace, table }: LaidOutTable): LayoutKey {
  return { kept: true, key: JSON.stringify([cluster, keyspace, table]) };
}

/** Layouts of statements' results, by their columns; gone when the page closes. */
const session = new Map<string, ColumnLayout>();
/** A cache of what the browser keeps. */
const known = new Map<string, ColumnLayout>();
const listeners = keptListeners(null, () => known.clear());

/** Follows the layouts, including changes made in other tabs. */
export const subscribeLayouts = listeners.subscribe;

/** The layout kept under `key`; a plain one where there is none, or where it cannot be read. */
export function readLayout({ kept, key }: LayoutKey): ColumnLayout {
  if (!kept) return session.get(key) ?? PLAIN_LAYOUT;
  const layout = known.get(key) ?? layoutOf(stored().find(([name]) => name === key)?.[1]);
  known.set(key, layout);
  return layout;
}

export function writeLayout(key: LayoutKey, layout: ColumnLayout): void {
  (key.kept ? known : session).set(key.key, layout);
  if (key.kept) store(key.key, layout);
  listeners.notify();
}

function store(key: string, layout: ColumnLayout): void {
  const others = stored().filter(([name]) => name !== key);
  const all: Stored = isPlain(layout) ? others : [[key, storedForm(layout)], ...others];
  try {
    keep(STORAGE_KEY, JSON.stringify(all.slice(0, MOST_TABLES)));
  } catch {
    // The storage is full or not allowed: the layout lasts until the page closes.
  }
}

function storedForm({ order, hidden, pinned, widths }: ColumnLayout): z.infer<typeof layoutSchema> {
  // fromEntries defines properties, so that __proto__ is a name like any other.
  return {
    order: [...order],
    hidden: [...hidden],
    pinned: Object.fromEntries(pinned),
    widths: Object.fromEntries(widths),
  };
}

function layoutOf(layout: z.infer<typeof layoutSchema> | undefined): ColumnLayout {
  if (layout === undefined) return PLAIN_LAYOUT;
  const { pinned, widths } = layout;
  return { ...layout, pinned: new Map(Object.entries(pinned)), widths: new Map(Object.entries(widths)) };
}

function stored(): Stored {
  // Anything but this version's JSON counts as nothing.
  return storedSchema.safeParse(parseJson(readKept(STORAGE_KEY) ?? '')).data ?? [];
}
