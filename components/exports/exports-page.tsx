'use client';

import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { errorText } from '@/lib/client/error-text';
import { ExportForm } from './form/export-form';
import { Transfers } from './transfers/transfers';
import { useStart } from './use-start';

/** Exports of a cluster: the sheet that starts one, and what runs and has run. */
export function ExportsPage({ cluster }: { cluster: string }) {
  const { begin, download } = useStart(cluster);
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(320px,440px)_minmax(0,1fr)]">
      <h1 className="sr-only">Exports</h1>
      <Panel title="New export">
        <ExportForm
          cluster={cluster}
          starting={begin.isPending}
          onStart={(choices, to) => begin.mutate({ choices, to })}
        />
        {begin.error !== null && <ErrorState className="mt-4" title="It was not started" {...errorText(begin.error)} />}
      </Panel>
      <Transfers started={download} />
    </div>
  );
}
