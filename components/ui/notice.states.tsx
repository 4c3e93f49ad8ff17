import { Gaps, Notice } from './notice';
import type { SharedPart } from './states';

export const noticeStates: SharedPart = {
  name: 'notice',
  states: {
    info: {
      draw: () => <Notice title="Read-only">Writes are refused on this cluster.</Notice>,
      shows: [['note']],
    },
    warn: { draw: () => <Notice tone="warn">The batch writes to several partitions.</Notice>, shows: [['note']] },
    'partial: what is missing and why': {
      draw: () => <Gaps gaps={['127.0.0.2 does not answer.', 'system_auth may not be read.']} />,
      shows: [['note'], ['list']],
    },
  },
};
