import type { NativeTypeName } from '../cql/types';
import { formatTimestamp, formatUuid } from '../wire/format';
import { parseTimestamp } from '../wire/parse';

/** What a new value is made from. */
export interface Source {
  readonly nowMs: number;
  /** At least 16 random bytes. */
  readonly random: Uint8Array;
}

/** The word on the button that makes a new value of a type; undefined: there is none. */
export const NEW_WORDS: Readonly<Partial<Record<NativeTypeName, string>>> = {
  uuid: 'New random',
  timeuuid: 'New for now',
  timestamp: 'Now',
  date: 'Today',
};

/** A new value of a type that {@link NEW_WORDS} names, as it is typed. */
export function newText(name: NativeTypeName, { nowMs, random }: Source): string {
  const now = formatTimestamp(BigInt(nowMs));
  switch (name) {
    case 'uuid':
      return randomUuid(random);
    case 'timeuuid':
      return timeUuid(nowMs, random);
    case 'date':
      return now.slice(0, 10);
    default:
      return now;
  }
}

/** Version 4: random but for version and variant (RFC 9562, section 5.4). */
function randomUuid(random: Uint8Array): string {
  return formatUuid(marked(random.slice(0, 16), 4));
}

/** From 1582-10-15, where the Gregorian calendar begins, to 1970, in steps of 100 ns (RFC 9562, section 5.1). */
const STEPS_TO_1970 = 122_192_928_000_000_000n;
const STEPS_PER_MS = 10_000n;

/**
 * Version 1: the time in steps of 100 ns, and a random clock sequence and node, so that two made within a millisecond
 * differ (RFC 9562, sections 5.1 and 6.10). The steps within the millisecond are random too: a page's clock has none.
 */
function timeUuid(nowMs: number, random: Uint8Array): string {
  const view = new DataView(random.buffer, random.byteOffset);
  const within = BigInt(view.getUint16(0)) % STEPS_PER_MS;
  const steps = BigInt(Math.floor(nowMs)) * STEPS_PER_MS + within + STEPS_TO_1970;
  const bytes = random.slice(0, 16);
  const made = new DataView(bytes.buffer);
  made.setUint32(0, Number(steps & 0xffff_ffffn));
  made.setUint16(4, Number((steps >> 32n) & 0xffffn));
  made.setUint16(6, Number((steps >> 48n) & 0x0fffn));
  // The multicast bit says that the node is no network card's address.
  made.setUint8(10, made.getUint8(10) | 1);
  return formatUuid(marked(bytes, 1));
}

/** With the version, and the variant of RFC 9562. */
function marked(bytes: Uint8Array, version: number): Uint8Array {
  return bytes.map((byte, at) => (at === 6 ? (version << 4) | (byte & 0x0f) : at === 8 ? 0x80 | (byte & 0x3f) : byte));
}

/** A timestamp without a zone, in the zones that may be meant. */
export interface ZoneOffer {
  readonly label: string;
  readonly text: string;
}

/**
 * The zones to choose from for a moment typed without one, which would mean another moment on every machine: UTC, which is
 * what the grid shows, and the person's.
 * @param offsetMinutes of the person's zone from UTC at a moment
 */
export function zoneOffers(text: string, offsetMinutes: (ms: number) => number): readonly ZoneOffer[] {
  const trimmed = text.trim();
  const whole = /^[+-]?\d+-\d\d-\d\d$/.test(trimmed) ? `${trimmed} 00:00` : trimmed;
  const utcMs = momentOf(`${whole}Z`);
  if (utcMs === undefined) return [];
  const utc = { label: 'UTC', text: `${whole}Z` };
  // What the offset was at that time by the local clock: looked up twice, since the first look is off by the offset.
  const near = offsetMinutes(utcMs);
  const minutes = offsetMinutes(utcMs - near * 60_000);
  if (minutes === 0) return [utc];
  const offset = offsetText(minutes);
  return [utc, { label: `your time, ${offset}`, text: `${whole}${offset}` }];
}

function momentOf(text: string): number | undefined {
  try {
    const ms = parseTimestamp(text);
    return ms === undefined ? undefined : Number(ms);
  } catch {
    // The field says what is wrong with it.
    return undefined;
  }
}

function offsetText(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  const two = (count: number) => String(count).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
