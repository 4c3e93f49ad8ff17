import { formatTimestamp } from '@/lib/wire/format';
import { parseUuid } from '@/lib/wire/parse';
import { type Fact, localMoment } from './moment-facts';

/** 100 ns steps from 1582-10-15, where the Gregorian calendar begins, to 1970 (RFC 9562, section 5.1). */
const STEPS_TO_1970 = 122_192_928_000_000_000n;
const STEPS_PER_MS = 10_000n;

const VERSIONS: Readonly<Record<number, string>> = {
  1: 'time and node',
  2: 'DCE security',
  3: 'name, MD5',
  4: 'random',
  5: 'name, SHA-1',
  6: 'time and node, sortable',
  7: 'Unix time and random',
  8: 'of its maker’s own',
};

/** Version and variant of a UUID and, where it has them, its time, clock sequence and node. */
export function uuidFacts(text: string, timeZone?: string): readonly Fact[] {
  const bytes = parseUuid(text);
  if (bytes === undefined) return [];
  if (bytes.every((byte) => byte === 0)) return [{ label: 'Version', text: 'none: the nil UUID' }];
  if (bytes.every((byte) => byte === 0xff)) return [{ label: 'Version', text: 'none: the max UUID' }];
  const isUsual = (bytes[8] ?? 0) >> 6 === 0b10;
  const version = (bytes[6] ?? 0) >> 4;
  if (!isUsual) return [{ label: 'Variant', text: 'not the one of RFC 9562, so its version says nothing' }];
  return [
    { label: 'Version', text: `${version}: ${VERSIONS[version] ?? 'unknown'}` },
    ...timeFacts(bytes, version, timeZone),
    ...(version === 1 || version === 6 ? nodeFacts(bytes) : []),
  ];
}

function timeFacts(bytes: Uint8Array, version: number, timeZone: string | undefined): Fact[] {
  if (version === 7) return moment(wholeOf(bytes.subarray(0, 6)), '', timeZone);
  if (version !== 1 && version !== 6) return [];
  const steps = (version === 1 ? stepsOfVersion1(bytes) : stepsOfVersion6(bytes)) - STEPS_TO_1970;
  const rest = ((steps % STEPS_PER_MS) + STEPS_PER_MS) % STEPS_PER_MS;
  return moment((steps - rest) / STEPS_PER_MS, String(rest).padStart(4, '0'), timeZone);
}

/** `rest`: digits after the milliseconds. */
function moment(ms: bigint, rest: string, timeZone: string | undefined): Fact[] {
  return [
    { label: 'Time, UTC', text: formatTimestamp(ms).replace('Z', `${rest}Z`) },
    { label: 'Time, local', text: localMoment(ms, timeZone) },
  ];
}

function stepsOfVersion1(bytes: Uint8Array): bigint {
  const [low, middle, high] = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)];
  return ((wholeOf(high) & 0x0fffn) << 48n) | (wholeOf(middle) << 32n) | wholeOf(low);
}

function stepsOfVersion6(bytes: Uint8Array): bigint {
  return (wholeOf(bytes.subarray(0, 6)) << 12n) | (wholeOf(bytes.subarray(6, 8)) & 0x0fffn);
}

function nodeFacts(bytes: Uint8Array): Fact[] {
  const node = Array.from(bytes.subarray(10), (byte) => byte.toString(16).padStart(2, '0')).join(':');
  // The multicast bit says that it is no network card's address (RFC 9562, section 6.10).
  const kind = ((bytes[10] ?? 0) & 1) === 1 ? 'random' : 'a network address';
  return [
    { label: 'Clock sequence', text: String(wholeOf(bytes.subarray(8, 10)) & 0x3fffn) },
    { label: 'Node', text: `${node} (${kind})` },
  ];
}

function wholeOf(bytes: Uint8Array): bigint {
  return bytes.reduce((whole, byte) => (whole << 8n) | BigInt(byte), 0n);
}
