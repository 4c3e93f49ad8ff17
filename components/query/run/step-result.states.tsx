import type { SharedPart } from '@/components/ui/states';
import type { HeaderFrame } from '@/lib/contract/frames';
import { classify } from '@/lib/cql/classifier';
import type { Step, StepEnd } from '@/lib/workbench/run';
import { ConditionalResult } from './not-applied';
import { Done, Running, StoppedNote } from './step-result';

const END: StepEnd = { outcome: 'schema_change', rows: 0, pages: 1, firstRowMs: 9, elapsedMs: 14, agreement: null };
const CONDITIONAL: HeaderFrame = {
  columns: [
    { name: '[applied]', type: 'boolean', kind: 'computed' },
    { name: 'iata', type: 'text', kind: 'computed' },
    { name: 'name', type: 'text', kind: 'computed' },
  ],
  consistency: 'LOCAL_QUORUM',
  statement: '',
};
const TWO_OF_THREE = { nodes: 3, agreed: 2, silent: ['127.0.0.3:9042'], differing: [] };

function step(text: string): Step {
  return { id: 'step', text, start: 0, classification: classify(text), state: { status: 'running' } };
}
const CREATE = step('CREATE TABLE flights.notes (id int PRIMARY KEY)');
const SELECT = step('SELECT * FROM flights.notes');
const STOPPED = { ...END, status: 'ended', outcome: 'stopped' } as const;
const INSERT = step('INSERT INTO flights.notes (id) VALUES (1)');

export const stepResultStates: SharedPart = {
  name: 'statement-that-changes',
  states: {
    running: { draw: () => <Running step={INSERT} agreement={null} />, shows: [['status']] },
    'waiting for the nodes': { draw: () => <Running step={CREATE} agreement={TWO_OF_THREE} />, shows: [['status']] },
    'a read was stopped': { draw: () => <StoppedNote step={{ ...SELECT, state: STOPPED }} />, shows: [['status']] },
    'a write was stopped': { draw: () => <StoppedNote step={{ ...INSERT, state: STOPPED }} />, shows: [['status']] },
    done: { draw: () => <Done step={INSERT} end={{ ...END, outcome: 'done' }} />, shows: [] },
    applied: { draw: () => <ConditionalResult header={CONDITIONAL} rows={[[true, null, null]]} />, shows: [] },
    'not applied': {
      draw: () => <ConditionalResult header={CONDITIONAL} rows={[[false, 'SEA', 'Seattle-Tacoma Intl']]} />,
      shows: [
        ['region', 'Not applied'],
        ['table', 'What stands there'],
      ],
    },
    'not applied, no row there': {
      draw: () => (
        <ConditionalResult header={{ ...CONDITIONAL, columns: CONDITIONAL.columns.slice(0, 1) }} rows={[[false]]} />
      ),
      shows: [['region', 'Not applied']],
    },
    'on all nodes': {
      draw: () => <Done step={CREATE} end={{ ...END, agreement: { ...TWO_OF_THREE, agreed: 3, silent: [] } }} />,
      shows: [],
    },
    'a node did not answer': {
      draw: () => <Done step={CREATE} end={{ ...END, elapsedMs: 3_100, agreement: TWO_OF_THREE }} />,
      shows: [],
    },
  },
};
