import { queryOptions } from '@tanstack/react-query';
import type { OwnRightsRequest, PersonRightsRequest } from '@/lib/contract/rights-answer';
import { call } from './http';
import { clusterKey } from './queries';

/** Somebody to ask about. */
export type AskedPerson = Omit<PersonRightsRequest, keyof OwnRightsRequest>;

/** What a person may do. @param person null: whoever asks */
export const rightsQuery = (cluster: string, place: OwnRightsRequest, person: AskedPerson | null) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'rights', place, person],
    queryFn: ({ signal }) =>
      person === null
        ? call((to) => to.ownRights.get, { cluster, input: place }, { signal })
        : call((to) => to.personRights.get, { cluster, input: { ...place, ...person } }, { signal }),
    // Groups and rules may have changed since the dialog was open last.
    staleTime: 0,
  });
