'use client';

import { useState } from 'react';
import { Panel } from '@/components/ui/panel';
import { ExportForm } from './export-form';
import { ExportList } from './export-list';
import { type ExportChoices, exportHref, exportRequest } from './export-request';

/** Exports of a cluster: the sheet that starts one, and what runs and has run. */
export function ExportsPage({ cluster }: { cluster: string }) {
  const [started, setStarted] = useState<string | null>(null);
  const download = (choices: ExportChoices) => {
    const id = crypto.randomUUID();
    startDownload(exportHref(cluster, exportRequest(choices, id)));
    setStarted(id);
  };
  return (
    <div className="grid items-start gap-4 p-4 lg:grid-cols-[minmax(320px,440px)_minmax(0,1fr)]">
      <h1 className="sr-only">Exports</h1>
      <Panel title="New export">
        <ExportForm cluster={cluster} onDownload={download} />
      </Panel>
      <Panel title="Exports" note="of this server, all clusters, newest first" flush>
        <ExportList started={started} />
      </Panel>
    </div>
  );
}

/** Hands the address to the browser's download manager: it streams to disk, shows progress and knows a broken file. */
function startDownload(href: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
}
