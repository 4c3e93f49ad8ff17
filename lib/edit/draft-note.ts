import type { CqlType } from '../cql/types';
import { formatCount } from '../text/format';
import { blobLength } from '../values/hex';
import { localMoment } from '../values/moment-facts';
import { uuidFacts } from '../values/uuid-facts';
import { isText } from '../values/value-text';
import { parseTimestamp } from '../wire/parse';
import { typedNote } from '../wire/typed-value';
import { type Draft, readDraft, type TextDraft } from './draft';

/**
 * What to know of a draft that is a value: how it was understood where that is not what was typed, the moment that a time
 * is, that empty text is no null. Null: it is what it looks like.
 */
export function draftNote(draft: Draft, type: CqlType, timeZone?: string): string | null {
  if (draft.as === 'null') return 'null: no value';
  if (draft.as === 'unset') return 'unset: the column is left out';
  if (draft.as === 'empty') return 'a value of no bytes, which is not null';
  if (draft.as !== 'text' || type.kind !== 'native') return null;
  const read = readDraft(draft, type);
  if ('problem' in read || typeof read.value !== 'string') return typedNote(draft.text, type);
  return nativeNote(draft, read.value, type, timeZone);
}

function nativeNote(
  { form, text }: TextDraft,
  value: string,
  type: CqlType & { readonly kind: 'native' },
  timeZone: string | undefined,
): string | null {
  if (isText(type)) return textNote(value) ?? (form === 'plain' ? typedNote(text, type) : null);
  switch (type.name) {
    case 'timestamp': {
      const ms = parseTimestamp(value);
      return ms === undefined ? null : `= ${value}, UTC; here ${localMoment(ms, timeZone)}`;
    }
    case 'timeuuid':
      return (
        uuidFacts(value, timeZone)
          .find(({ label }) => label === 'Time, UTC')
          ?.text.replace(/^/, 'made at ') ?? null
      );
    case 'blob':
      return blobLength(value) === 1 ? '1 byte' : `${formatCount(blobLength(value))} bytes`;
    default:
      return typedNote(text, type);
  }
}

function textNote(value: string): string | null {
  if (value === '') return 'empty text, which is not null';
  return value.trim() === value ? null : 'the white space at its ends is part of the text';
}
