import { ignore, type SharedPart } from '@/components/ui/states';
import { NOT_READ, type ReadState } from '@/lib/reader/read-state';
import { ResultReader } from '@/lib/reader/result-reader';
import { NoRows, WithoutColumns } from './result-ends';

/** Never started: it reads nothing. */
function readerOf(repeatable: boolean): ResultReader {
  return new ResultReader({ key: 'k', label: 'flights.airports', path: '/api/none', body: {}, repeatable });
}

function without(reading: Partial<ReadState>, repeatable = true) {
  return <WithoutColumns reading={{ ...NOT_READ, ...reading }} reader={readerOf(repeatable)} onRestart={ignore} />;
}

const UNREACHABLE: Partial<ReadState> = {
  phase: 'failed',
  error: { code: 'cluster_unreachable', message: 'No node answers.', hint: 'Check the nodes.', retryable: true },
};

export const resultEndStates: SharedPart = {
  name: 'result-without-rows',
  states: {
    'first page on its way': { draw: () => without({ phase: 'reading' }), shows: [['status']] },
    'failed before the first page': {
      draw: () => without(UNREACHABLE),
      shows: [['alert'], ['button', 'Try again']],
    },
    'stopped before the first page': { draw: () => without({ phase: 'stopped' }), shows: [] },
    'stopped, effect unknown': { draw: () => without({ phase: 'stopped' }, false), shows: [] },
    'ran without rows': { draw: () => without({ phase: 'complete', result: 'void' }), shows: [] },
    'changed the schema': { draw: () => without({ phase: 'complete', result: 'schema_change' }), shows: [] },
    'complete and empty': {
      draw: () => <NoRows reading={{ ...NOT_READ, phase: 'complete' }} empty={undefined} />,
      shows: [],
    },
    'no rows so far': {
      draw: () => <NoRows reading={{ ...NOT_READ, phase: 'paused', pages: 3 }} empty={undefined} />,
      shows: [],
    },
    'failed without rows': {
      draw: () => <NoRows reading={{ ...NOT_READ, ...UNREACHABLE }} empty={undefined} />,
      shows: [['alert']],
    },
  },
};
