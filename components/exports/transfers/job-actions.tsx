'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { errorText } from '@/lib/client/error-text';
import { actOnJob, deleteJob, isActive, jobsQuery } from '@/lib/client/jobs';
import type { Job } from '@/lib/contract/jobs';
import { formatBytes, plural } from '@/lib/text/format';
import { ActionButton } from './action-button';
import { isResumable } from './job-standing';

/** What can be done with a job as it stands. */
export function JobActions({ job }: { job: Job }) {
  const { id, state } = job;
  const list = jobsQuery().queryKey;
  const ended = state === 'complete' || state === 'cancelled';
  return (
    <>
      {isActive(job) && (
        <ActionButton act={() => actOnJob(id, 'pause')} list={list} icon={<Pause size={12} aria-hidden="true" />}>
          Pause
        </ActionButton>
      )}
      {isResumable(job) && (
        <ActionButton
          act={() => actOnJob(id, 'resume')}
          list={list}
          variant="primary"
          icon={<Play size={12} aria-hidden="true" />}
        >
          Resume
        </ActionButton>
      )}
      {!ended && (
        <ActionButton act={() => actOnJob(id, 'cancel')} list={list} icon={<Ban size={12} aria-hidden="true" />}>
          Cancel
        </ActionButton>
      )}
      {!isActive(job) && <DeleteButton job={job} />}
    </>
  );
}

/** Deleting removes files: what and where is said first. */
function DeleteButton({ job: { id, title, directory, parts, bytes } }: { job: Job }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteJob(id),
    onSuccess: () => client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true }),
  });
  return (
    <>
      <Button size="sm" icon={<Trash2 size={12} aria-hidden="true" />} onClick={() => setOpen(true)}>
        Delete
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="sm"
        title={`Delete the job of ${title}?`}
        description={`${plural(parts.length, 'part')}, ${formatBytes(bytes)}, are removed from the server’s disk.`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep</Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              Delete the files
            </Button>
          </>
        }
      >
        <code className="break-all text-xs">{directory}</code>
        {remove.error !== null && <ErrorState className="mt-2" {...errorText(remove.error)} />}
      </Dialog>
    </>
  );
}
