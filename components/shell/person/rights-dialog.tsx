'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Select } from '@/components/ui/input';
import { Spinner } from '@/components/ui/spinner';
import { errorText } from '@/lib/client/error-text';
import { schemaQuery } from '@/lib/client/queries';
import { type AskedPerson, rightsQuery } from '@/lib/client/rights';
import type { AskedPlace } from '@/lib/cluster/rights-words';
import { PersonForm } from './person-form';
import { RightsTable } from './rights-table';

interface RightsDialogProps {
  /** Where the person is now. */
  place: AskedPlace;
  onClose: () => void;
}

/** What whoever asks may do, and by which rule; for an admin also what somebody else may do. */
export default function RightsDialog({ place: given, onClose }: RightsDialogProps) {
  const [place, setPlace] = useState(given);
  /** `form`: nobody has been named yet. */
  const [person, setPerson] = useState<AskedPerson | 'form' | null>(null);
  const own = useQuery(rightsQuery(place.cluster, requestOf(place), null));
  const asked = person === 'form' ? null : person;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={asked === null ? 'What may I do, and by which rule?' : `What may ${asked.name} do, and by which rule?`}
      description="By the roles in Ringside’s configuration. Cassandra must allow Ringside’s own user the same."
      footer={
        own.data?.mayAskOfOthers === true && (
          <Button onClick={() => setPerson(person === null ? 'form' : null)}>
            {person === null ? 'Ask about somebody else' : 'Show my rights'}
          </Button>
        )
      }
    >
      <div className="space-y-3">
        {person !== null && <PersonForm onAsk={setPerson} />}
        <PlaceChoice place={place} onPlace={setPlace} />
        {person !== 'form' && <Answer place={place} person={person} />}
      </div>
    </Dialog>
  );
}

function Answer({ place, person }: { place: AskedPlace; person: AskedPerson | null }) {
  const { data, error, refetch, isFetching } = useQuery(rightsQuery(place.cluster, requestOf(place), person));
  if (error !== null) {
    return (
      <ErrorState
        title="Could not load the rights"
        {...errorText(error)}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    );
  }
  return data === undefined ? <Spinner /> : <RightsTable answer={data} place={place} />;
}

/** Names of the schema as far as whoever asks may see it. */
function PlaceChoice({ place, onPlace }: { place: AskedPlace; onPlace: (place: AskedPlace) => void }) {
  const { cluster, keyspace, table } = place;
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces ?? [];
  const tables = keyspaces.find(({ name }) => name === keyspace)?.tables ?? [];
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Keyspace"
        className="max-w-56"
        value={keyspace ?? ''}
        onChange={({ target }) => onPlace({ cluster, keyspace: target.value || null, table: null })}
      >
        <option value="">All of the cluster {cluster}</option>
        {namesOf(keyspaces, keyspace)}
      </Select>
      {keyspace !== null && (
        <Select
          aria-label="Table"
          className="max-w-56"
          value={table ?? ''}
          onChange={({ target }) => onPlace({ ...place, table: target.value || null })}
        >
          <option value="">All tables</option>
          {namesOf(tables, table)}
        </Select>
      )}
    </div>
  );
}

/** A name that the schema lacks, or has not said yet, is still shown as what was asked. */
function namesOf(list: readonly { readonly name: string }[], chosen: string | null) {
  const names = list.map(({ name }) => name);
  const all = chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  return all.map((name) => <option key={name}>{name}</option>);
}

function requestOf({ keyspace, table }: AskedPlace) {
  return { ...(keyspace === null ? {} : { keyspace }), ...(table === null ? {} : { table }) };
}
