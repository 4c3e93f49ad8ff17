'use client';

import { useQuery } from '@tanstack/react-query';
import { whyNoDisk } from '@/lib/client/disk/file-system';
import { jobsQuery } from '@/lib/client/jobs';
import { Choice } from './choice';
import { DESTINATIONS, type Destination } from './export-request';

const NAMES: Record<Destination, string> = {
  download: 'Download',
  disk: 'Save to disk',
  job: 'Job on the server',
  spark: 'On Spark',
};

/** Where the rows go, and what happens there after an interruption. */
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
      return 'The browser saves the file. If the download is interrupted, the browser marks it as failed and it has to start over.';
    case 'disk':
      return (
        whyNoDisk() ??
        'This page writes to a file that you choose. After an interruption or a reload, it can resume where it left off.'
      );
    case 'job':
      return <JobMeaning />;
    case 'spark':
      return 'Apache Spark reads the table and writes the files, on as many machines as it has. It pays past one machine.';
    default:
      return to satisfies never;
  }
}

function JobMeaning() {
  const { data } = useQuery(jobsQuery());
  return (
    <>
      The server writes parts and a manifest into a new directory
      {data === undefined ? (
        ''
      ) : (
        <>
          {' '}
          under <code className="break-all">{data.directory}</code>
        </>
      )}
      . You can close this page, pause the job and resume it, even after a restart of Ringside.
    </>
  );
}
