'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import type { Run } from '@/lib/workbench/run';
import { type OpenedFile, openFile } from './open-file';

interface FilesDialogProps {
  run: Run;
  onOpen: (files: ReadonlyMap<string, string | null>) => void;
  onRefuse: () => void;
}

/** Asks for the files that SOURCE names. Ringside's server reads no path: the person opens each of them. */
export default function FilesDialog({ run, onOpen, onRefuse }: FilesDialogProps) {
  const [opened, setOpened] = useState<ReadonlyMap<string, OpenedFile>>(new Map());
  const put = (name: string, file: File | undefined) => {
    if (file === undefined) return;
    void openFile(file).then((result) => setOpened((now) => new Map(now).set(name, result)));
  };
  const texts = run.missing.map((name): [string, string | null] => [name, opened.get(name)?.text ?? null]);
  const missing = texts.filter(([, text]) => text === null).length;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onRefuse();
      }}
      title="Open the files that this script reads"
      description="SOURCE names files on your computer. Open each of them; one that is not opened is skipped."
      footer={
        <>
          <Button onClick={onRefuse}>Cancel</Button>
          <Button variant="primary" onClick={() => onOpen(new Map(texts))}>
            {missing === 0 ? 'Continue' : missing === texts.length ? 'Skip' : `Continue without ${missing}`}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {run.missing.map((name) => (
          <Field key={name} label={name} error={opened.get(name)?.problem}>
            {(control) => (
              <input
                {...control}
                type="file"
                className="block w-full text-sm"
                onChange={({ target }) => put(name, target.files?.[0])}
              />
            )}
          </Field>
        ))}
      </div>
    </Dialog>
  );
}
