import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from '@/components/ui/toasts';
import { chooseFile } from '@/lib/client/disk/file-system';
import { saves } from '@/lib/client/disk/saves';
import { download, heldAddress } from '@/lib/client/download';
import { jobsQuery, startJob } from '@/lib/client/jobs';
import { randomId } from '@/lib/client/random-id';
import type { Transfer } from '@/lib/client/transfers';
import { exportRequestSchema } from '@/lib/contract/reads';
import {
  type Destination,
  type ExportChoices,
  exportFileName,
  exportHref,
  exportName,
  exportRequest,
  fitsInAddress,
} from './form/export-request';

interface Start {
  choices: ExportChoices;
  to: Destination;
}

/** A transfer that this page has just started. */
export type Started = Pick<Transfer, 'kind' | 'id'>;

/**
 * Starts an export of a cluster, each destination in its own way.
 * @param onStarted gets its id, which this browser remembers as its own
 */
export function useStart(cluster: string, onStarted: (id: string) => void) {
  const client = useQueryClient();
  const [started, setStarted] = useState<Started | null>(null);
  const start = useMutation({
    mutationFn: async ({ choices, to }: Start): Promise<Started | null> => {
      switch (to) {
        case 'download':
          return { kind: 'download', id: await startDownload(cluster, choices) };
        case 'disk':
          return saveToDisk(cluster, choices);
        case 'job': {
          const { id } = await startJob(cluster, exportRequest(choices));
          // It comes into view with the list that holds it.
          await client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
          return { kind: 'job', id };
        }
        default:
          return to satisfies never;
      }
    },
    onSuccess: (next, { choices }) => {
      if (next === null) return;
      onStarted(next.id);
      setStarted(next);
      toast({ text: `${STARTED[next.kind]} ${exportName(choices.source)}` });
    },
  });
  return { start, started };
}

const STARTED: Readonly<Record<Transfer['kind'], string>> = {
  download: 'Starting the download of',
  file: 'Saving to disk:',
  job: 'Started the job of',
};

/** @returns the export's id, under which its progress can be watched */
async function startDownload(cluster: string, choices: ExportChoices): Promise<string> {
  const id = randomId();
  const request = exportRequest(choices, id);
  const href = exportHref(cluster, request);
  await download(fitsInAddress(href) ? href : await heldAddress(cluster, request));
  return id;
}

/** Null: the person chose no file. */
async function saveToDisk(cluster: string, choices: ExportChoices): Promise<Started | null> {
  const handle = await chooseFile(exportFileName(choices), choices.format);
  if (handle === null) return null;
  const id = saves.start({
    cluster,
    title: exportName(choices.source),
    fileName: handle.name,
    request: exportRequestSchema.parse(exportRequest(choices)),
    handle,
  });
  return { kind: 'file', id };
}
