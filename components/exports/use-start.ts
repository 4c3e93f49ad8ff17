import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from '@/components/ui/toasts';
import { chooseFile } from '@/lib/client/disk/file-system';
import { saves } from '@/lib/client/disk/saves';
import { download, heldAddress } from '@/lib/client/download';
import { jobsQuery, startJob } from '@/lib/client/jobs';
import { randomId } from '@/lib/client/random-id';
import { startOnSpark } from '@/lib/client/spark';
import type { Transfer } from '@/lib/client/transfers';
import { exportRequestSchema } from '@/lib/contract/reads';
import type { SparkRequest } from '@/lib/contract/spark';
import {
  type ExportChoices,
  exportFileName,
  exportHref,
  exportName,
  exportRequest,
  fitsInAddress,
} from './form/export-request';
import type { StartedHere } from './form/start-line';

type Start = { choices: ExportChoices; to: StartedHere } | { spark: SparkRequest; to: 'spark' };

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
    mutationFn: async (wanted: Start): Promise<Started | null> => {
      switch (wanted.to) {
        case 'download':
          return { kind: 'download', id: await startDownload(cluster, wanted.choices) };
        case 'disk':
          return saveToDisk(cluster, wanted.choices);
        case 'job':
        case 'spark': {
          const { id } = await ('spark' in wanted
            ? startOnSpark(cluster, wanted.spark)
            : startJob(cluster, exportRequest(wanted.choices)));
          // It comes into view with the list that holds it.
          await client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true });
          return { kind: 'job', id };
        }
        default:
          return wanted satisfies never;
      }
    },
    onSuccess: (next, wanted) => {
      if (next === null) return;
      onStarted(next.id);
      setStarted(next);
      const name =
        wanted.to === 'spark' ? `${wanted.spark.keyspace}.${wanted.spark.table}` : exportName(wanted.choices.source);
      toast({ text: `${STARTED[next.kind]} ${name}` });
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
