/** `ENTRY` is `map[key] = value`; `other` is anything that no index and no key serves. */
export type RestrictionOperator =
  | '='
  | 'IN'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'BETWEEN'
  | 'LIKE'
  | 'CONTAINS'
  | 'CONTAINS KEY'
  | 'ENTRY'
  | 'other';

/** What a LIKE asks for: `a%`, `%a`, `%a%`, or `a` alone. */
export type LikeForm = 'prefix' | 'suffix' | 'contains' | 'matches';

/** One condition of a WHERE clause, without its value. */
export interface Restriction {
  readonly column: string;
  readonly operator: RestrictionOperator;
  /** For a condition on several clustering columns together: all of them, `column` first. */
  readonly tuple?: readonly string[] | undefined;
  /** For a LIKE; undefined if it depends on a bind marker. */
  readonly like?: LikeForm | undefined;
}

export const isPoint = ({ operator }: Restriction) => operator === '=' || operator === 'IN';
const isLower = ({ operator }: Restriction) => operator === '>' || operator === '>=' || operator === 'BETWEEN';
const isUpper = ({ operator }: Restriction) => operator === '<' || operator === '<=' || operator === 'BETWEEN';
export const isRange = (restriction: Restriction) => isLower(restriction) || isUpper(restriction);
const isWhole = (restriction: Restriction) => isPoint(restriction) || isRange(restriction);
const isOfElements = ({ operator }: Restriction) => operator === 'CONTAINS' || operator === 'CONTAINS KEY';

/** The columns of a condition. */
export function columnsOf({ column, tuple }: Restriction): readonly string[] {
  return tuple ?? [column];
}

/** What the pattern of a LIKE asks for. */
export function likeForm(pattern: string): LikeForm {
  const [from, to] = [pattern.startsWith('%'), pattern.endsWith('%')];
  if (from) return to ? 'contains' : 'suffix';
  return to ? 'prefix' : 'matches';
}

/** Two conditions that conflict on one column, in words for people. CONTAINS may be repeated. */
export function findClash(restrictions: readonly Restriction[]): string | null {
  for (const column of new Set(restrictions.flatMap(columnsOf))) {
    const on = restrictions.filter((other) => columnsOf(other).includes(column));
    if (clashes(on)) return `${column} is filtered twice`;
    if (on.some(isOfElements) && on.some(isWhole)) return `${column} is filtered both as a whole and by its elements`;
  }
  return null;
}

function clashes(on: readonly Restriction[]): boolean {
  const count = (test: (restriction: Restriction) => boolean) => on.filter(test).length;
  const single = count((restriction) => isPoint(restriction) || restriction.operator === 'LIKE');
  const ranges = count(isRange);
  if (single > 1 || count(isLower) > 1 || count(isUpper) > 1 || (single === 1 && ranges > 0)) return true;
  // The two ends of a range of tuples must start at the same column.
  return ranges > 1 && on.some(({ column }) => column !== on[0]?.column);
}
