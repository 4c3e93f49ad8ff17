import { ignore, type SharedPart } from '@/components/ui/states';
import { classify } from '@/lib/cql/classifier';
import type { Step } from '@/lib/workbench/run';
import ConfirmDialog from './confirm-dialog';

const NO_SCHEMA = { table: () => undefined, isAggregate: () => false, keyspace: () => undefined };

function stepOf(text: string): Step {
  const classification = classify(text, { schema: NO_SCHEMA, keyspace: 'flights' });
  return { id: 'step', text, start: 0, classification, state: { status: 'asking' } };
}

/** The question about a statement, as it would be classified. */
export function askAbout(text: string, answers: { onConfirm?: (name?: string) => void; onDecline?: () => void } = {}) {
  return (
    <ConfirmDialog
      step={stepOf(text)}
      place={null}
      keyspace="flights"
      cluster={undefined}
      onConfirm={answers.onConfirm ?? ignore}
      onDecline={answers.onDecline ?? ignore}
    />
  );
}

export const confirmStates: SharedPart = {
  name: 'confirm-dialog',
  states: {
    'a write': {
      draw: () => askAbout("INSERT INTO airports (iata, name) VALUES ('SEA', 'Seattle')"),
      shows: [['dialog'], ['button', 'Run INSERT'], ['button', 'Cancel']],
      covers: true,
    },
    'the name must be typed': {
      draw: () => askAbout('DROP TABLE flights.airports'),
      shows: [['dialog'], ['textbox'], ['button', 'Run DROP TABLE'], ['button', 'Cancel']],
      covers: true,
    },
  },
};
