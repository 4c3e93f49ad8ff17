'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureState } from '@/components/shell/failure-state';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { readCqlshrc } from '@/lib/client/connect';
import type { ConnectTestRequest } from '@/lib/contract/connect';

/** Fills the form from cqlsh's file; says what could not be used and why. */
export function CqlshrcPanel({ onRead }: { onRead: (connection: ConnectTestRequest) => void }) {
  const [text, setText] = useState('');
  const read = useMutation({
    mutationFn: readCqlshrc,
    onSuccess: ({ connection }) => onRead(connection),
  });
  return (
    <details className="rounded-md border border-line bg-surface">
      <summary className="px-4 py-2 font-semibold text-sm">Start from a cqlshrc</summary>
      <div className="flex flex-col gap-3 border-line border-t p-4">
        <Field label="cqlshrc" hint="Usually ~/.cassandra/cqlshrc. Paste its text or choose the file.">
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={6}
              placeholder={'[connection]\nhostname = 10.0.0.1\nport = 9042'}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => read.mutate(text)} busy={read.isPending} disabled={text.trim() === ''}>
            Fill in the form
          </Button>
          <input
            type="file"
            aria-label="cqlshrc from a file"
            className="max-w-full text-faint text-xs"
            onChange={async (event) => {
              const content = await event.target.files?.[0]?.text();
              if (content === undefined) return;
              setText(content);
              read.mutate(content);
            }}
          />
        </div>
        {read.error !== null && <FailureState title="The cqlshrc could not be read" error={read.error} />}
        {read.data !== undefined && (
          <Notice title="The form is filled in from the cqlshrc">
            {read.data.notes.length > 0 && (
              <ul className="text-muted">
                {read.data.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            )}
          </Notice>
        )}
      </div>
    </details>
  );
}
