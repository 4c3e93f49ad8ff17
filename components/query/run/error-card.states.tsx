import { ignore, type SharedPart } from '@/components/ui/states';
import type { ApiError } from '@/lib/contract/errors';
import type { Suggestion } from '@/lib/cql/help/help';
import { HOME, KEYSPACES } from '@/lib/cql/help/test-mistakes';
import type { ErrorMark } from '@/lib/workbench/error-range';
import ErrorCard from './error-card';

interface Answers {
  onMark?: (mark: ErrorMark) => void;
  onGoTo?: (mark: ErrorMark) => void;
  onApply?: (suggestion: Suggestion) => boolean;
  onRetry?: () => void;
  release?: string;
}

const SYNTAX: ApiError = {
  code: 'syntax_error',
  message: 'Cassandra does not understand the statement.',
  hint: 'Check the text at the named line and column, and just before it.',
  detail: "line 0:-1 no viable alternative at input '<EOF>'",
  retryable: false,
};

/** The card of a statement that failed with `error`. */
export function cardOf(statement: string, error: Partial<ApiError>, answers: Answers = {}) {
  return (
    <ErrorCard
      statement={statement}
      error={{ ...SYNTAX, ...error }}
      keyspaces={KEYSPACES}
      keyspace={HOME}
      release={answers.release ?? null}
      onMark={answers.onMark ?? ignore}
      onGoTo={answers.onGoTo ?? ignore}
      onApply={answers.onApply ?? (() => true)}
      onRetry={answers.onRetry}
    />
  );
}

const invalid = (detail: string): Partial<ApiError> => ({ code: 'invalid_statement', message: detail, detail });

export const errorCardStates: SharedPart = {
  name: 'error-card',
  states: {
    'one change': {
      draw: () => cardOf('SELECT * FROM airports WHERE iata = SEA', {}),
      shows: [['alert'], ['button', "Use 'SEA'"], ['button', 'Go to line 1 of the statement']],
    },
    'two changes': {
      draw: () =>
        cardOf(
          "SELECT * FROM by_day WHERE origin = 'SEA' AND day = '01/09/2001'",
          invalid("Unable to coerce '01/09/2001' to a formatted date (long)"),
        ),
      shows: [
        ['button', "Use '2001-01-09' (9 January 2001)"],
        ['button', "Use '2001-09-01' (1 September 2001)"],
      ],
    },
    'a refusal of a write, with its mending': {
      draw: () =>
        cardOf(
          'UPDATE counts USING TTL 5 SET n = n + 1 WHERE k = 1',
          invalid('Cannot provide custom TTL for counter updates'),
        ),
      shows: [['alert'], ['button', 'Remove USING TTL']],
    },
    'a function of a later release': {
      draw: () =>
        cardOf('SELECT to_date(born) FROM people', invalid("Unknown function 'to_date'"), { release: '4.1.10' }),
      shows: [['alert'], ['button', 'Use toDate']],
    },
    'no change, the columns': {
      draw: () => cardOf('SELECT wings FROM people', invalid(`Undefined column name wings in table ${HOME}.people`)),
      shows: [['alert']],
    },
    'the server’s words alone': {
      draw: () =>
        cardOf(
          'SELECT * FROM airports',
          {
            code: 'read_timeout',
            message: 'The replicas did not answer the read in time.',
            hint: 'Read fewer rows per page.',
            detail: 'Operation timed out - received only 1 responses.',
          },
          { onRetry: ignore },
        ),
      shows: [['alert'], ['button', 'Try again']],
    },
  },
};
