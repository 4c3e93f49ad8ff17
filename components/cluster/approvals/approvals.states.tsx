import AskApproval from '@/components/confirm/ask-approval';
import PassStrip from '@/components/shell/strips/pass-strip';
import { ignore, type SharedPart } from '@/components/ui/states';
import type { Approval, ApprovalLine } from '@/lib/contract/approvals';
import type { Pass } from '@/lib/contract/passes';
import { ApprovalDetail } from './approval-detail';
import { ApprovalsList } from './approvals-list';
import { PassDialog, PassPanel } from './pass-panel';

const STATEMENT = 'UPDATE shop.orders SET paid = true WHERE id = 7 IF paid = false';

/** As somebody else sees it who may decide. */
export const WAITING: Approval = {
  ...{ id: 'one', cluster: 'demo', state: 'waiting', title: 'UPDATE shop.orders', tables: ['shop.orders'] },
  ...{ by: 'anna', isOwn: false, mayDecide: true, reason: 'The bank confirmed order 7.' },
  ...{ at: '2026-11-30T09:13:00.000Z', until: '2026-12-01T09:13:00.000Z', decision: null, ran: null },
  ...{ statements: [{ statement: STATEMENT, keyspace: null, params: null }], consistency: 'LOCAL_QUORUM', notes: [] },
  undo: null,
};

export const APPROVED: Approval = {
  ...{ ...WAITING, id: 'two', state: 'approved', isOwn: true, mayDecide: false, by: 'anna' },
  decision: { by: 'ben', at: '2026-11-30T09:20:00.000Z', reason: null },
};

const RAN: Approval = {
  ...{ ...APPROVED, id: 'three', state: 'ran', until: null },
  statements: [STATEMENT, 'DELETE FROM shop.drafts WHERE id = 7'].map((statement) => ({
    ...{ statement, keyspace: null, params: '[7]' },
  })),
  ran: {
    at: '2026-11-30T09:25:00.000Z',
    outcome: 'unknown',
    message: '1 of 2 statements that were sent were applied. Statement 2: no answer came in time.',
    statements: [{ outcome: 'applied' }, { outcome: 'unknown', message: 'No answer came in time.' }],
  },
};

const CHANGED: Approval = {
  ...{ ...WAITING, id: 'four', state: 'changed', until: null },
  decision: { by: null, at: '2026-11-30T09:30:00.000Z', reason: 'shop.orders has changed since it was asked for.' },
};

function lineOf({ statements, consistency: _consistency, notes: _notes, ...line }: Approval): ApprovalLine {
  return { ...line, begins: statements[0]?.statement ?? '' };
}
export const LINES = [WAITING, APPROVED, RAN, CHANGED].map(lineOf);

const PASS: Pass = {
  ...{ cluster: 'demo', person: 'anna', isOwn: false, reason: 'The shop is down.' },
  ...{ since: '2026-11-30T09:00:00.000Z', until: '2026-11-30T09:15:00.000Z' },
};

const detail = (approval: Approval) => () => <ApprovalDetail approval={approval} onChanged={ignore} />;

export const approvalStates: SharedPart = {
  name: 'approvals',
  states: {
    'the list': {
      draw: () => <ApprovalsList cluster="demo" approvals={LINES} onChanged={ignore} />,
      shows: [['heading', 'Open'], ['heading', 'Ended'], ['list']],
    },
    'no changes': { draw: () => <ApprovalsList cluster="demo" approvals={[]} onChanged={ignore} />, shows: [] },
    'it waits for whoever looks': {
      draw: detail(WAITING),
      shows: [
        ['region', 'Exactly what runs'],
        ['button', 'Approve'],
        ['button', 'Refuse…'],
      ],
    },
    'one’s own waits': {
      draw: detail({ ...WAITING, isOwn: true, mayDecide: false }),
      shows: [['button', 'Withdraw']],
    },
    'approved, to run': {
      draw: detail(APPROVED),
      shows: [
        ['button', 'Run it now'],
        ['button', 'Withdraw'],
      ],
    },
    'it ran, and one outcome is unknown': { draw: detail(RAN), shows: [['status']] },
    'the table changed': { draw: detail(CHANGED), shows: [['region', 'Exactly what runs']] },
    'a review asks for approval': {
      draw: () => <AskApproval cluster="demo" wanted={() => ({ of: 'mutations', token: 'x' })} />,
      shows: [
        ['textbox', 'Why is it needed?'],
        ['button', 'Ask for approval'],
      ],
    },
    'a pass on each page': { draw: () => <PassStrip cluster="demo" passes={[PASS]} />, shows: [['status'], ['link']] },
    'one’s own pass': {
      draw: () => <PassPanel cluster="demo" passes={[{ ...PASS, isOwn: true }]} passMinutes={60} onChanged={ignore} />,
      shows: [['button', 'End your emergency pass']],
    },
    'taking a pass': {
      draw: () => <PassDialog cluster="demo" passMinutes={60} onClose={ignore} onTaken={ignore} />,
      shows: [['dialog'], ['textbox', 'Why can it not wait?'], ['button', 'Take the pass']],
      covers: true,
    },
  },
};
