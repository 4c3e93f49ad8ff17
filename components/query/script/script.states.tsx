import { ignore, type SharedPart } from '@/components/ui/states';
import { planRun } from '@/lib/workbench/plan-run';
import { type Run, type RunAction, runReducer, type StepEnd } from '@/lib/workbench/run';
import FilesDialog from './files-dialog';
import ScriptDialog from './script-dialog';
import { ScriptSummary } from './script-summary';

const SETTINGS = { keyspace: 'flights', consistency: null, pageRows: null, trace: false };
const CONTEXT = { at: '2026-11-29T10:42:13Z', charactersAfter: 0, files: new Map(), earlier: [] };
const DONE: StepEnd = { outcome: 'done', rows: 0, pages: 1, firstRowMs: null, elapsedMs: 2, agreement: null };
const WRONG: StepEnd = {
  ...DONE,
  outcome: 'failed',
  error: { code: 'invalid_statement', message: 'Unknown identifier nme', retryable: false },
};

/** A run of a text, after some actions. */
export function runOf(text: string, ...actions: readonly RunAction[]): Run {
  const planned = planRun('run', 'document', { text, start: 0 }, SETTINGS, CONTEXT);
  const run = actions.reduce<Run | null>(runReducer, planned ?? null);
  if (run === null) throw new Error('the text has no statement');
  return run;
}

/** So many INSERTs. */
export function inserts(count: number): string {
  const line = (_: unknown, index: number) => `INSERT INTO notes (id, text) VALUES (${index}, 'note ${index}');`;
  return Array.from({ length: count }, line).join('\n');
}

/** The question about a script. */
export function askAboutScript(text: string, answers: { onAgree?: () => void; onRefuse?: () => void } = {}) {
  const { onAgree, onRefuse } = { onAgree: ignore, onRefuse: ignore, ...answers };
  return <ScriptDialog run={runOf(text)} cluster={undefined} keyspaces={[]} onAgree={onAgree} onRefuse={onRefuse} />;
}

/** The summary of 10,000 statements, of which one failed. */
export function drawSummary(onPick: (stepId: string) => void = ignore) {
  const ends = [...Array.from({ length: 41 }, () => DONE), WRONG];
  const run = runOf(inserts(10_000), { type: 'agree' }, { type: 'ends', stepId: 'run/0', ends });
  return <ScriptSummary run={run} front={run.steps[41]} onPick={onPick} />;
}

export const scriptStates: SharedPart = {
  name: 'script',
  place: 'flex h-96 flex-col',
  states: {
    'many writes': {
      draw: () => askAboutScript(inserts(300)),
      shows: [['dialog'], ['listbox', 'Writes of the script'], ['button', 'Run 300 writes'], ['button', 'Cancel']],
      covers: true,
    },
    'a name must be typed': {
      draw: () => askAboutScript(`${inserts(3)}\nDROP TABLE flights.notes;`),
      shows: [['textbox'], ['button', 'Run 4 writes']],
      covers: true,
    },
    'several names must be typed': {
      draw: () => askAboutScript('DROP TABLE notes; TRUNCATE tags; DROP TABLE "Old notes"'),
      shows: [['textbox', 'Type the 3 names that are dropped or emptied, one a line']],
      covers: true,
    },
    'a file is missing': {
      draw: () => <FilesDialog run={runOf("SOURCE 'load.cql'")} onOpen={ignore} onRefuse={ignore} />,
      shows: [['dialog'], ['button', 'Skip'], ['button', 'Cancel']],
      covers: true,
    },
    'one failed': {
      draw: () => drawSummary(),
      shows: [['region', 'Statements of the script'], ['status'], ['listbox', 'Results']],
    },
  },
};
