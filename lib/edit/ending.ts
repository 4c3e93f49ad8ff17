import type { MutationLooks, MutationPlan, RowChange, StatementOutcome } from '@/lib/contract/mutations';
import { plural } from '../text/format';

/** How the last run of a change that still waits ended, and why. */
export interface ChangeEnding {
  /** `half`: some of its statements were applied, and not all. */
  readonly outcome: Exclude<StatementOutcome['outcome'], 'applied'> | 'half';
  readonly message: string;
  /** When, as ISO 8601. */
  readonly at: string;
  /** Where to look again at what is not certain. */
  readonly run?: EndingRun | undefined;
}

/** The run of a change: its token, worth nothing but a look, and the change's statements in it. */
export interface EndingRun {
  readonly token: string;
  readonly statements: readonly number[];
}

export type Endings = ReadonlyMap<RowChange, ChangeEnding>;

export const NO_ENDINGS: Endings = new Map();

/** A message is kept to this length. */
export const ENDING_CHARACTERS = 1_000;

interface Facts {
  readonly at: string;
  /** The run that the statements are of. */
  readonly run: EndingRun;
}

const UNANSWERED =
  'Unknown: no outcome of it has arrived. It may have been applied. Look again, or find it in the history.';

/**
 * How a change ended, by the outcomes of all its statements: the least certain and the worst of them speaks for it.
 * Undefined: it was applied as a whole.
 */
export function endingOf(outcomes: readonly (StatementOutcome | undefined)[], { at, run }: Facts) {
  const unknown = outcomes.findIndex((one) => one === undefined || one.outcome === 'unknown');
  if (unknown >= 0) return unknownEnding(outcomes[unknown], { at, run });
  const failed = WORST.map((end) => outcomes.find((one) => one?.outcome === end)).find((one) => one !== undefined);
  if (failed === undefined || failed.outcome === 'applied') return undefined;
  const isHalf = outcomes.some((one) => one?.outcome === 'applied');
  const message = isHalf ? `Only a part was applied, so look at the row. ${failed.message}` : failed.message;
  return ending(isHalf ? 'half' : failed.outcome, message, at);
}

const WORST = ['not_applied', 'refused', 'not_sent'] as const;

function unknownEnding(outcome: StatementOutcome | undefined, { at, run }: Facts): ChangeEnding {
  const message = outcome === undefined ? UNANSWERED : `${outcome.message} ${outcome.look?.message ?? ''}`.trimEnd();
  return { ...ending('unknown', message, at), run };
}

function ending(outcome: ChangeEnding['outcome'], message: string, at: string): ChangeEnding {
  const isLong = message.length > ENDING_CHARACTERS;
  return { outcome, message: isLong ? `${message.slice(0, ENDING_CHARACTERS - 1)}…` : message, at };
}

/**
 * How each change of a plan ended, by its index; those that were applied have no ending.
 * @param outcomes of the statements by index; without one a statement is unknown
 */
export function planEndings(
  plan: Pick<MutationPlan, 'changes' | 'statements' | 'refusals'>,
  outcomes: ReadonlyMap<number, StatementOutcome>,
  { at, token }: { readonly at: string; readonly token: string },
): ReadonlyMap<number, ChangeEnding> {
  const endings = new Map<number, ChangeEnding>();
  const statements = plan.changes.map((): number[] => []);
  for (const [index, { changes }] of plan.statements.entries()) {
    for (const change of changes) statements[change]?.push(index);
  }
  for (const [change, own] of statements.entries()) {
    const run = { token, statements: own };
    const ended = endingOf(
      own.map((index) => outcomes.get(index)),
      { at, run },
    );
    if (ended !== undefined) endings.set(change, ended);
  }
  for (const { change, message } of plan.refusals) {
    endings.set(change, ending('not_sent', `Not sent: ${message}`, at));
  }
  return endings;
}

/** An ending after another look at its run; undefined: all of it was applied. */
export function endingAfterLook(run: EndingRun, looks: MutationLooks, at: string): ChangeEnding | undefined {
  const found = run.statements.map((index) => looks.outcomes.find(({ statement }) => statement === index));
  return endingOf(found, { at, run });
}

/** The short word for an ending. */
export const ENDING_WORDS: Readonly<Record<ChangeEnding['outcome'], string>> = {
  not_applied: 'not applied',
  refused: 'refused',
  not_sent: 'not sent',
  unknown: 'may have been applied',
  half: 'only in part applied',
};

/** What some endings come to in one line: `2 failed, 1 may have been applied: Not applied: …`; null without any. */
export function endingsLine(endings: readonly ChangeEnding[]): string | null {
  const unknown = endings.filter(({ outcome }) => outcome === 'unknown');
  const failed = endings.length - unknown.length;
  const [first] = endings;
  if (first === undefined) return null;
  const counts = [
    ...(failed > 0 ? [`${plural(failed, 'change')} failed`] : []),
    ...(unknown.length > 0 ? [`${plural(unknown.length, 'change')} may have been applied`] : []),
  ].join(', ');
  const isOne = endings.every(({ message }) => message === first.message);
  return isOne ? `${counts}: ${first.message}` : `${counts}. First: ${first.message}`;
}

/** An ending for a title: what, when, why. */
export function endingTitle(ending: ChangeEnding): string {
  return `Last run, ${endingTime(ending)}: ${ENDING_WORDS[ending.outcome]}. ${ending.message}`;
}

/** When it ended, in this browser's time zone. */
export function endingTime({ at }: ChangeEnding): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
