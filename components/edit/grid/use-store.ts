import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ChangeStore, Standing } from '@/lib/changes/change-store';
import { openChangeStore } from '@/lib/changes/open-store';
import type { TablePlace } from '@/lib/client/place';
import type { EditTable } from '@/lib/edit/table';

/** The store of a table in this tab; undefined while it is being opened, which takes a moment. */
export function useStore(place: TablePlace, table: EditTable, id: string | null): ChangeStore | undefined {
  const [opened, setOpened] = useState<ChangeStore>();
  useEffect(() => {
    let isShown = true;
    void openChangeStore(place, table, id).then((store) => isShown && setOpened(store));
    return () => {
      isShown = false;
    };
  }, [place, table, id]);
  return opened;
}

/** Follows what waits in a store. */
export function useStanding(store: ChangeStore): Standing {
  return useSyncExternalStore(store.subscribe, store.getStanding, store.getStanding);
}
