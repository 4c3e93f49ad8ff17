import type { JsonValue } from '@/lib/contract/json';
import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { ValueError } from '@/lib/wire/errors';
import { seemingFormat } from './number-format';

/** The same refusal with what to do about it, where the value looks like a known habit of other programs. */
export function withHint(error: ValueError, value: JsonValue, type: CqlType): ValueError {
  const hint = typeof value === 'string' ? hintFor(value.trim(), type) : undefined;
  return hint === undefined ? error : new ValueError(`${error.reason}. ${hint}`, error.path);
}

function hintFor(text: string, type: CqlType): string | undefined {
  if (type.kind === 'list' || type.kind === 'set') {
    const [, mark] = /^[^[{,;|]*([,;|])/.exec(text) ?? [];
    return mark === undefined ? undefined : `Add the step split, at "${mark}"`;
  }
  if (type.kind !== 'native') return undefined;
  const { name } = type;
  if (name === 'boolean') return /^(yes|no|y|n|t|f|0|1)$/i.test(text) ? 'Add the step cast to boolean' : undefined;
  if (name === 'date' || name === 'time' || name === 'timestamp') return dateHint(text, name);
  if (NATIVE[name].face !== 'number') return undefined;
  if (/^[+-]?\d+\.0+$/.test(text)) return `The step cast to ${name} takes it as a whole number`;
  return numberHint(text);
}

function numberHint(text: string): string | undefined {
  const format = seemingFormat(text);
  if (format === null) return undefined;
  if (format === 'unclear') {
    return 'Its mark may group thousands or stand before a fraction: add the step number_format, which says what it is';
  }
  const group = format.group === undefined ? '' : `, and "${format.group}" between thousands`;
  return `Add the step number_format, with "${format.decimal}" as the decimal mark${group}`;
}

function dateHint(text: string, name: 'date' | 'time' | 'timestamp'): string | undefined {
  if (/^\d{5}([.,]\d+)?$/.test(text)) {
    return 'If it is a day number of a spreadsheet, add the step date_format with the format excel';
  }
  const [, sign] = /^\d{1,2}([./-])\d{1,2}\1\d{2,4}/.exec(text) ?? [];
  if (sign !== undefined && name !== 'time') {
    return `Add the step date_format with its format, such as dd${sign}MM${sign}yyyy or MM${sign}dd${sign}yyyy`;
  }
  if (name === 'timestamp' && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.test(text)) {
    return 'It has no zone: add the step date_format with its format and the zone that is meant';
  }
  if (/^\d{1,2}:\d\d(:\d\d)? ?[AaPp][Mm]$/.test(text)) return 'Add the step date_format with the format hh:mm a';
  return undefined;
}
