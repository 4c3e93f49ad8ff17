import type { NumberFormat } from '@/lib/contract/transforms';
import { ValueError } from '@/lib/wire/errors';

/** Characters that are written for a mark: programs put spaces that do not break between thousands. */
const WRITTEN: Readonly<Record<string, string>> = { ' ': ' \u00a0\u202f', "'": "'\u2019" };

/**
 * A number in this format as a regular expression of JavaScript and of Java: thousands are grouped everywhere or nowhere.
 * Throws ValueError where both marks are the same.
 */
export function numberPattern({ decimal, group }: NumberFormat): string {
  if (decimal === group) throw new ValueError('number_format needs two different marks');
  const grouped = group === undefined ? '' : `|\\d{1,3}(?:${groupClass(group)}\\d{3})+`;
  return `^[+-]?(?:\\d+${grouped})(?:[${decimal}]\\d+)?(?:[eE][+-]?\\d+)?$`;
}

/** A class of the characters that a group mark is written with. */
export function groupClass(group: string): string {
  return `[${WRITTEN[group] ?? group}]`;
}

/** Turns a number in this format into one with a point and without groups. Throws ValueError for any other text. */
export function numberReader(format: NumberFormat): (text: string) => string {
  const pattern = new RegExp(numberPattern(format));
  const groups = format.group === undefined ? null : new RegExp(groupClass(format.group), 'g');
  const example = `1${format.group ?? ''}234${format.decimal}5`;
  return (text) => {
    const number = text.trim();
    if (!pattern.test(number)) throw new ValueError(`expected a number as ${example}; got ${JSON.stringify(text)}`);
    const bare = groups === null ? number : number.replace(groups, '');
    return format.decimal === '.' ? bare : bare.replace(format.decimal, '.');
  };
}

const GROUPED = /^[+-]?\d{1,3}(?:([,. '_\u00a0\u202f\u2019])\d{3})(?:\1\d{3})*(?:([.,])\d+)?$/;

/** The format that a text seems to be in; `unclear` where its only mark may be either; null: it is no such number. */
export function seemingFormat(text: string): NumberFormat | 'unclear' | null {
  const [, written = '', decimal] = GROUPED.exec(text) ?? [];
  const group = groupOf(written);
  if (group === null) return /^[+-]?\d+,\d+$/.test(text) ? { decimal: ',' } : null;
  if (decimal === ',' || decimal === '.') return decimal === group ? null : { decimal, group };
  if ((group === ',' || group === '.') && text.split(group).length === 2) return 'unclear';
  return { decimal: group === '.' ? ',' : '.', group };
}

function groupOf(written: string): NonNullable<NumberFormat['group']> | null {
  switch (written) {
    case '':
      return null;
    case ',':
    case '.':
    case '_':
      return written;
    default:
      return written === "'" || written === '\u2019' ? "'" : ' ';
  }
}
