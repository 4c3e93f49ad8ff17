'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { Shown } from '@/components/ui/shown';
import { curlCommand, curlJobCommand } from './curl';
import type { ExportPlan } from './export-plan';
import { type ExportChoices, exportFileName, exportRequest } from './export-request';
import type { StartedHere } from './start-line';
import { terminalCommand } from './terminal';

interface CommandBlocksProps {
  cluster: string;
  choices: ExportChoices;
  plan: ExportPlan;
  to: StartedHere;
}

/** The commands that do exactly the same, for scripts and for people who prefer a terminal. */
export function CommandBlocks({ cluster, choices, plan, to }: CommandBlocksProps) {
  const { origin } = window.location;
  const request = exportRequest(choices);
  const terminal = terminalCommand(cluster, choices, to, plan);
  const curl =
    to === 'job'
      ? curlJobCommand(origin, cluster, request)
      : curlCommand(origin, cluster, request, exportFileName(choices));
  return (
    <div className="space-y-3">
      {terminal !== null && (
        <CommandBlock title="The same in a terminal" copy="Copy the terminal command">
          {terminal}
        </CommandBlock>
      )}
      <CommandBlock title="The same with curl" copy="Copy the curl command">
        {curl}
      </CommandBlock>
    </div>
  );
}

/** A text to copy, with its title. */
export function CommandBlock({ title, copy, children }: { title: string; copy: string; children: string }) {
  return (
    <div>
      <div className="flex items-center justify-between">
        <p className="font-medium text-muted text-xs">{title}</p>
        <CopyButton text={children} label={copy} />
      </div>
      <pre className="whitespace-pre-wrap break-all rounded border border-line bg-canvas p-2 text-xs">
        <Shown text={children} as="text" />
      </pre>
    </div>
  );
}
