import { saves } from './disk/saves';
import { exportListQuery, stopExport } from './exports-query';
import { actOnJob, deleteJob, jobsQuery } from './jobs';
import type { ActionsOf, Transfer, TransferAction } from './transfers';

type Act = (id: string) => Promise<unknown>;

/** How each kind does what its transfers offer. */
const ACTS: { readonly [Kind in Transfer['kind']]: Readonly<Record<ActionsOf[Kind], Act>> } = {
  job: {
    pause: (id) => actOnJob(id, 'pause'),
    resume: (id) => actOnJob(id, 'resume'),
    cancel: (id) => actOnJob(id, 'cancel'),
    delete: deleteJob,
  },
  download: { stop: stopExport },
  file: {
    stop: async (id) => saves.stop(id),
    resume: async (id) => saves.resume(id),
    restart: async (id) => saves.restart(id),
    forget: (id) => saves.forget(id),
  },
};

/** The lists to reload afterwards; files of this page update by themselves. */
const LISTS: Readonly<Record<Transfer['kind'], readonly string[] | null>> = {
  job: jobsQuery().queryKey,
  download: exportListQuery().queryKey,
  file: null,
};

/** What does `action` to a transfer, and the list that shows the outcome; null: it shows without a reload. */
export function actOf({ kind, id }: Pick<Transfer, 'kind' | 'id'>, action: TransferAction) {
  const acts: Partial<Record<TransferAction, Act>> = ACTS[kind];
  return { act: async () => acts[action]?.(id), list: LISTS[kind] };
}
