import type { TablePlace } from '@/lib/client/place';
import type { EditTable } from '@/lib/edit/table';
import { openShelf } from './change-shelf';
import { ChangeStore } from './change-store';
import { definitionOf } from './kept-text';

const stores = new Map<string, { readonly definition: string; readonly store: Promise<ChangeStore> }>();

/**
 * The one store of a table in this tab, for the table as it is defined now.
 * @param id the table's own, which a table of the same name that is created again does not have
 */
export function openChangeStore(place: TablePlace, table: EditTable, id: string | null): Promise<ChangeStore> {
  const key = JSON.stringify([place.cluster, place.keyspace, place.table]);
  const definition = definitionOf(table, id);
  const known = stores.get(key);
  if (known?.definition === definition) return known.store;
  const store = openShelf(place, definition).then((shelf) => new ChangeStore(place, table, shelf));
  stores.set(key, { definition, store });
  return store;
}
