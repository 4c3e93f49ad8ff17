import { SHELL_COMMANDS } from '../not-cql';
import { type ErrorHelp, rangeOf, replaceRange } from './help';
import { isWord, type Parts } from './parts';

/** Commands of cqlsh and of other databases' shells, and what to do instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  CONSISTENCY: 'Choose the consistency level under the editor.',
  SERIAL: 'Choose the consistency level under the editor.',
  PAGING: 'Choose the rows per page under the editor.',
  TRACING: 'Tick Trace under the editor.',
  COPY: 'The Exports page writes files.',
};

/** What belongs to a shell, which the server does not know. */
export function shellCommand({ statement, tokens }: Parts): ErrorHelp | null {
  const [first, second] = tokens;
  if (first === undefined || !isWord(first, ...SHELL_COMMANDS)) return null;
  const word = first.text.toUpperCase();
  const cause = `${word} is a command of cqlsh, which the server does not know.`;
  const isList = word === 'SHOW' && isWord(second, 'TABLES', 'KEYSPACES', 'DATABASES', 'SCHEMAS');
  if (isList && second !== undefined) {
    const meant = `DESCRIBE ${isWord(second, 'TABLES') ? 'TABLES' : 'KEYSPACES'}`;
    const range = rangeOf(first, second);
    const edits = [replaceRange(statement, range, meant)];
    return {
      cause: `CQL has no SHOW: it is written ${meant}.`,
      range,
      suggestions: [{ label: `Use ${meant}`, edits }],
    };
  }
  const advice = INSTEAD[word];
  return { cause, ...(advice === undefined ? {} : { advice }), range: rangeOf(first), suggestions: [] };
}
