import { ignore, type SharedPart } from '@/components/ui/states';
import { classify } from '@/lib/cql/classifier';
import { schemaLookup } from '@/lib/cql/schema-lookup';
import { analysisKeyspace } from '@/lib/cql/test-analysis';
import type { Step } from '@/lib/workbench/run';
import ConfirmDialog from './confirm-dialog';

const KEYSPACES = [analysisKeyspace('flights')];
const SCHEMA = schemaLookup(KEYSPACES);

function stepOf(text: string): Step {
  const classification = classify(text, { schema: SCHEMA, keyspace: 'flights' });
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
      keyspaces={KEYSPACES}
      settings={{ consistency: 'LOCAL_QUORUM', serialConsistency: null }}
      requestOf={() => ({ statement: text })}
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
    'a whole partition': {
      draw: () => askAbout('DELETE FROM t WHERE a = 1 AND b = 1'),
      shows: [['dialog'], ['region', 'What it changes'], ['button', 'Run DELETE']],
      covers: true,
    },
    'a conditional write': {
      draw: () => askAbout('INSERT INTO one (k) VALUES (1) IF NOT EXISTS'),
      shows: [['dialog'], ['region', 'What it changes'], ['button', 'Run INSERT']],
      covers: true,
    },
    'refused by Cassandra': {
      draw: () => askAbout('DELETE FROM t WHERE a = 1'),
      shows: [['dialog'], ['button', 'Run DELETE']],
      covers: true,
    },
    'the name must be typed': {
      draw: () => askAbout('DROP TABLE flights.airports'),
      shows: [['dialog'], ['textbox'], ['button', 'Run DROP TABLE'], ['button', 'Cancel']],
      covers: true,
    },
  },
};
