'use client';

import { CommandBlock } from '@/components/ui/command-block';
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
