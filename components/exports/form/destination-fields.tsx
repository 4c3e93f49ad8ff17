'use client';

import { useQuery } from '@tanstack/react-query';
import { jobsQuery } from '@/lib/client/jobs';
import { whyNoDisk } from '../disk/file-system';
import { Choice } from './choice';
import { DESTINATIONS, type Destination } from './export-request';

const NAMES: Record<Destination, string> = {
  download: 'Download',
  disk: 'Save to disk',
  job: 'Job on the server',
};

/** Where the rows go, and what that means when something breaks. */
export function DestinationFields({ to, onChange }: { to: Destination; onChange: (to: Destination) => void }) {
  return (
    <fieldset>
      <legend className="mb-1 font-medium text-muted text-xs">Where to</legend>
      <div className="flex flex-wrap gap-x-4">
        {DESTINATIONS.map((destination) => (
          <Choice key={destination} name="to" checked={to === destination} onChoose={() => onChange(destination)}>
            {NAMES[destination]}
          </Choice>
        ))}
      </div>
      <p className="text-faint text-xs">
        <Meaning to={to} />
      </p>
    </fieldset>
  );
}

function Meaning({ to }: { to: Destination }) {
  switch (to) {
    case 'download':
      return 'The browser saves the file. One that breaks off is marked by the browser and has to be begun anew.';
    case 'disk':
      return (
        whyNoDisk() ??
        'This page writes the file of your choice. When it breaks off, or after a reload, it goes on where it stood.'
      );
    case 'job':
      return <JobMeaning />;
    default:
      return to satisfies never;
  }
}

function JobMeaning() {
  const { data } = useQuery(jobsQuery());
  return (
    <>
      The server writes parts and a manifest into a directory of its own
      {data === undefined ? '' : <code className="break-all"> {data.directory}</code>}, whatever becomes of this page.
      It can be paused, and survives a restart.
    </>
  );
}
