import * as z from 'zod/mini';
import { keep, keptListeners, readKept } from '@/components/ui/storage';
import { dictionarySchema } from '@/lib/contract/dictionary';
import { parseJson } from '@/lib/contract/json';
import { type ColumnLayout, isPlain, PLAIN_LAYOUT } from '@/lib/grid/column-layout';

/** Layouts of columns that this browser remembers, by cluster and table. */

const STORAGE_KEY = 'ringside.columns';
/** The ones that were changed last; a browser's storage is small. */
const MOST_TABLES = 200;

const layoutSchema = z.object({
  order: z.array(z.string()),
  hidden: z.array(z.string()),
  pinned: dictionarySchema(z.boolean()),
  widths: dictionarySchema(z.number()),
});
const storedSchema = z.array(z.tuple([z.string(), layoutSchema]));
type Stored = z.infer<typeof storedSchema>;

/** Where a layout is kept: for good under a table's name, or for this page's life only. */
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

/** Nothing of it outlives the page: results of statements, by their columns. */
const session = new Map<string, ColumnLayout>();
/** What the browser keeps, as far as it was looked at. */
const known = new Map<string, ColumnLayout>();
const listeners = keptListeners(null, () => known.clear());

/** Follows the layouts, also those that other tabs change. */
export const subscribeLayouts = listeners.subscribe;

/** The layout kept under `key`; a plain one where there is none, or none that can be read. */
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
    // Full, or not allowed: the layout lasts as long as the page.
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
  // What is no JSON, or another version's, is as if nothing were kept.
  return storedSchema.safeParse(parseJson(readKept(STORAGE_KEY) ?? '')).data ?? [];
}
