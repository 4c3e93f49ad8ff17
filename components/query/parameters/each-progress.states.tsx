import type { SharedPart } from '@/components/ui/states';
import type { EachProgress } from '@/lib/contract/parameters';
import type { EachState } from '@/lib/workbench/each-session';
import type { ListRow } from '@/lib/workbench/list-text';
import { EachProgressView } from './each-progress';

const HEADER: ListRow = { cells: ['k', 'v'], raw: 'k,v' };
const ROWS: readonly ListRow[] = Array.from({ length: 1_000 }, (_, at) => {
  return { cells: [String(at), `v${at}`], raw: `${at},"v${at}"` };
});

const PROGRESS: EachProgress = {
  ...{ rows: 1_000, done: 400, notApplied: 0, refused: 0, unknown: 0, inFlight: 16, returned: 0, concurrency: 16 },
  ...{ rowsPerSecond: 5_204.4, latencyMs: { p50: 2.6, p99: 14, max: 48.1 }, elapsedMs: 80 },
};

const RUNNING: EachState = {
  ...{ phase: 'running', progress: PROGRESS, outcome: null, faults: [], columns: [], results: [], error: null },
};

const FAULTS: EachState['faults'] = [
  { row: 7, outcome: 'refused', code: 'invalid_request', message: 'k: expected int: a whole number' },
  { row: 12, outcome: 'unknown', code: 'write_timeout', message: 'The replicas did not confirm the write in time.' },
];

/** A run for each of a thousand rows, in a state. */
export function eachOf(state: Partial<EachState>, isIdempotent: boolean | null = true) {
  return <EachProgressView state={{ ...RUNNING, ...state }} rows={ROWS} header={HEADER} isIdempotent={isIdempotent} />;
}

const bar = ['progressbar', 'Rows that have ended'] as const;

export const eachProgressStates: SharedPart = {
  name: 'each-progress',
  states: {
    running: { draw: () => eachOf({}), shows: [bar, ['status']] },
    'nothing yet': { draw: () => eachOf({ progress: null }), shows: [bar] },
    complete: {
      draw: () => eachOf({ phase: 'ended', outcome: 'complete', progress: { ...PROGRESS, done: 1_000, inFlight: 0 } }),
      shows: [bar],
    },
    'with failed and unknown rows': {
      draw: () => {
        const progress = { ...PROGRESS, done: 998, refused: 1, unknown: 1, inFlight: 0 };
        return eachOf({ phase: 'ended', outcome: 'complete', progress, faults: FAULTS }, false);
      },
      shows: [
        ['region', 'Failed rows'],
        ['button', 'Download 1 failed row'],
        ['button', 'Download 1 unknown row'],
        ['table', 'Failed rows'],
      ],
    },
    stopped: {
      draw: () => eachOf({ phase: 'ended', outcome: 'stopped', progress: { ...PROGRESS, inFlight: 0 } }),
      shows: [['button', 'Download 600 rows not sent']],
    },
    'with results': {
      draw: () =>
        eachOf(
          {
            phase: 'ended',
            outcome: 'complete',
            progress: { ...PROGRESS, done: 1_000, inFlight: 0, returned: 3 },
            columns: [
              { name: 'a', type: 'int' },
              { name: 'a', type: 'text' },
            ],
            results: [
              { row: 3, values: [[3, null]], more: false },
              {
                row: 1,
                values: [
                  [1, 'x'],
                  [2, 'y'],
                ],
                more: true,
              },
            ],
          },
          null,
        ),
      shows: [['table', 'Results by row']],
    },
    broken: {
      draw: () =>
        eachOf({
          phase: 'broken',
          error: {
            code: 'server_error',
            message: 'The connection to Ringside’s server was lost.',
            hint: 'Check that the server is still running and the network is up.',
            retryable: true,
          },
        }),
      shows: [['note']],
    },
  },
};
