import type { JsonValue } from '@/lib/contract/json';
import { type FactsKind, NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { formatCount, plural } from '@/lib/text/format';
import { formatDate } from '@/lib/wire/format';
import { parseDate, parseDecimal, parseInet, parseTime, parseTimestamp, parseWhole } from '@/lib/wire/parse';
import { durationFacts } from './duration-facts';
import { inetFacts } from './inet-facts';
import { type Fact, momentFacts } from './moment-facts';
import { uuidFacts } from './uuid-facts';

/** What a single value says, besides its text, in the browser's time zone unless another is given. */
export function valueFacts(value: JsonValue, type: CqlType | undefined, timeZone?: string): readonly Fact[] {
  if (type?.kind !== 'native' || value === null || value === '' || typeof value === 'object') return [];
  const text = String(value);
  const { facts } = NATIVE[type.name];
  return facts === null ? [] : FACTS[facts](text, timeZone);
}

const FACTS: Readonly<Record<FactsKind, (text: string, timeZone: string | undefined) => readonly Fact[]>> = {
  timestamp: (text, timeZone) => momentFacts(parseTimestamp(text), timeZone),
  uuid: uuidFacts,
  inet: (text) => inetFacts(parseInet(text)),
  duration: durationFacts,
  date: dateFacts,
  time: (text) => [{ label: 'Nanoseconds since midnight', text: grouped(parseTime(text)) }],
  decimal: decimalFacts,
  whole: wholeFacts,
  text: textFacts,
};

const WEEKDAYS = ['Thursday', 'Friday', 'Saturday', 'Sunday', 'Monday', 'Tuesday', 'Wednesday'] as const;

function dateFacts(text: string): readonly Fact[] {
  const days = parseDate(text);
  if (days === undefined) return [];
  return [
    { label: 'Weekday', text: WEEKDAYS[((days % 7) + 7) % 7] ?? '' },
    { label: 'Days since 1970-01-01', text: `${formatCount(days)}${formatDate(days) === text ? '' : ' (not exact)'}` },
  ];
}

function decimalFacts(text: string): readonly Fact[] {
  const parsed = parseDecimal(text);
  if (parsed === undefined) return [];
  const { unscaled, scale } = parsed;
  return [
    { label: 'Digits', text: formatCount(digitsOf(unscaled)) },
    { label: 'Scale', text: String(scale) },
    { label: 'Unscaled', text: grouped(unscaled) },
  ];
}

function wholeFacts(text: string): readonly Fact[] {
  const whole = parseWhole(text);
  if (whole === undefined) return [];
  return [
    { label: 'Digits', text: formatCount(digitsOf(whole)) },
    { label: 'Grouped', text: grouped(whole) },
    { label: 'Hexadecimal', text: `${whole < 0n ? '-' : ''}0x${(whole < 0n ? -whole : whole).toString(16)}` },
  ];
}

function digitsOf(whole: bigint): number {
  return (whole < 0n ? -whole : whole).toString().length;
}

function grouped(whole: bigint | undefined): string {
  return whole === undefined ? '' : whole.toLocaleString('en-US');
}

function textFacts(text: string): readonly Fact[] {
  let characters = 0;
  let bytes = 0;
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    characters += 1;
    if (code === 0x0a) lines += 1;
    if (code >= 0xd800 && code < 0xdc00) {
      // A surrogate pair is one character of four bytes.
      at += 1;
      bytes += 4;
    } else bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  const size = `${plural(characters, 'character')}, ${plural(bytes, 'byte')} of UTF-8`;
  return [{ label: 'Length', text: lines === 1 ? size : `${size}, ${plural(lines, 'line')}` }];
}
