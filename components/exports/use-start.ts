import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { jobsQuery, startJob } from '@/lib/client/jobs';
import { exportRequestSchema } from '@/lib/contract/reads';
import { chooseFile } from './disk/file-system';
import { saves } from './disk/saves';
import {
  type Destination,
  type ExportChoices,
  exportFileName,
  exportHref,
  exportName,
  exportRequest,
} from './export-request';

interface Start {
  choices: ExportChoices;
  to: Destination;
}

/** Starts an export of a cluster, each destination in its own way. */
export function useStart(cluster: string) {
  const client = useQueryClient();
  const [download, setDownload] = useState<string | null>(null);
  const begin = useMutation({
    mutationFn: async ({ choices, to }: Start) => {
      switch (to) {
        case 'download':
          return setDownload(startDownload(cluster, choices));
        case 'disk':
          return saveToDisk(cluster, choices);
        case 'job':
          await startJob(cluster, exportRequest(choices));
          return client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
        default:
          return to satisfies never;
      }
    },
  });
  return { begin, download };
}

/** Hands the address to the browser's download manager: it streams to disk, shows progress and knows a broken file. */
function startDownload(cluster: string, choices: ExportChoices): string {
  const id = crypto.randomUUID();
  const link = document.createElement('a');
  link.href = exportHref(cluster, exportRequest(choices, id));
  link.download = '';
  link.click();
  return id;
}

async function saveToDisk(cluster: string, choices: ExportChoices): Promise<void> {
  const handle = await chooseFile(exportFileName(choices), choices.format);
  if (handle === null) return;
  saves.start({
    cluster,
    title: exportName(choices.source),
    fileName: handle.name,
    request: exportRequestSchema.parse(exportRequest(choices)),
    handle,
  });
}
