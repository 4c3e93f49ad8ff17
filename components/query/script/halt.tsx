'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { SchemaResponse } from '@/lib/contract/schema';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { isUnfinished, type Run } from '@/lib/workbench/run';
import type { RunSession } from '@/lib/workbench/run-session';
import { haltSummary } from '@/lib/workbench/script-words';

interface HaltProps {
  run: Run;
  session: RunSession;
  schema: SchemaResponse | undefined;
  /** What the editor has now. */
  documentText: () => string;
}

/** Why statements did not run, and how to go on from there. */
export default function Halt({ run, session, schema, documentText }: HaltProps) {
  const [refusedFor, setRefusedFor] = useState<string | null>(null);
  const at = run.steps.findIndex(isUnfinished);
  const goOn = async () =>
    setRefusedFor((await session.continue(documentText(), schema && schemaLookup(schema.keyspaces))) ? null : run.id);
  return (
    <Notice tone="warn" className="m-2 shrink-0">
      <div className="flex flex-wrap items-center gap-2">
        <span>{haltSummary(run) ?? `Statement ${at + 1} is the first that failed.`}</span>
        <Button size="sm" onClick={() => void goOn()}>
          Continue from statement {at + 1}
        </Button>
        {refusedFor === run.id && (
          <span role="status">The statements before it have changed: select what to run instead.</span>
        )}
      </div>
    </Notice>
  );
}
