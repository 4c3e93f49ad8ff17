import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { download } from '@/lib/client/download';
import { jobsQuery, startJob } from '@/lib/client/jobs';
import { randomId } from '@/lib/client/random-id';
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
} from './form/export-request';

interface Start {
  choices: ExportChoices;
  to: Destination;
}

/** Starts an export of a cluster, each destination in its own way. */
export function useStart(cluster: string) {
  const client = useQueryClient();
  const [started, setStarted] = useState<string | null>(null);
  const begin = useMutation({
    mutationFn: async ({ choices, to }: Start) => {
      switch (to) {
        case 'download':
          return setStarted(await startDownload(cluster, choices));
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
  return { begin, download: started };
}

/** @returns the export's id, under which its progress can be watched */
async function startDownload(cluster: string, choices: ExportChoices): Promise<string> {
  const id = randomId();
  await download(exportHref(cluster, exportRequest(choices, id)));
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
