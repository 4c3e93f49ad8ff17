import type { Fact } from './moment-facts';

/** Prefix as bytes and its length in bits (IANA special-purpose address registries). */
interface Block {
  readonly prefix: readonly number[];
  readonly bits: number;
  readonly words: string;
}

const IPV4: readonly Block[] = [
  { prefix: [0, 0, 0, 0], bits: 32, words: 'unspecified: every address of the machine' },
  { prefix: [127], bits: 8, words: 'loopback: the machine itself' },
  { prefix: [10], bits: 8, words: 'private (10.0.0.0/8)' },
  { prefix: [172, 16], bits: 12, words: 'private (172.16.0.0/12)' },
  { prefix: [192, 168], bits: 16, words: 'private (192.168.0.0/16)' },
  { prefix: [100, 64], bits: 10, words: 'shared by a provider (100.64.0.0/10)' },
  { prefix: [169, 254], bits: 16, words: 'link-local (169.254.0.0/16)' },
  { prefix: [192, 0, 2], bits: 24, words: 'for documentation (192.0.2.0/24)' },
  { prefix: [198, 51, 100], bits: 24, words: 'for documentation (198.51.100.0/24)' },
  { prefix: [203, 0, 113], bits: 24, words: 'for documentation (203.0.113.0/24)' },
  { prefix: [255, 255, 255, 255], bits: 32, words: 'broadcast' },
  { prefix: [224], bits: 4, words: 'multicast (224.0.0.0/4)' },
  { prefix: [240], bits: 4, words: 'reserved (240.0.0.0/4)' },
];

const ZEROS = Array.from({ length: 10 }, () => 0);

const IPV6: readonly Block[] = [
  { prefix: [...ZEROS, 0, 0, 0, 0, 0, 0], bits: 128, words: 'unspecified: every address of the machine' },
  { prefix: [...ZEROS, 0, 0, 0, 0, 0, 1], bits: 128, words: 'loopback: the machine itself' },
  { prefix: [...ZEROS, 0xff, 0xff], bits: 96, words: 'an IPv4 address in IPv6 form (::ffff:0:0/96)' },
  { prefix: [0x20, 0x01, 0x0d, 0xb8], bits: 32, words: 'for documentation (2001:db8::/32)' },
  { prefix: [0xfc], bits: 7, words: 'unique local: private (fc00::/7)' },
  { prefix: [0xfe, 0x80], bits: 10, words: 'link-local (fe80::/10)' },
  { prefix: [0xff], bits: 8, words: 'multicast (ff00::/8)' },
];

/** The family of an address, what kind of address it is, and IPv6 written out. */
export function inetFacts(bytes: Uint8Array | undefined): readonly Fact[] {
  if (bytes === undefined) return [];
  const isIpv4 = bytes.length === 4;
  const block = (isIpv4 ? IPV4 : IPV6).find((one) => isIn(bytes, one));
  return [
    { label: 'Family', text: isIpv4 ? 'IPv4, 4 bytes' : 'IPv6, 16 bytes' },
    { label: 'Kind', text: block?.words ?? 'public' },
    ...(isIpv4 ? [] : [{ label: 'Written out', text: writtenOut(bytes) }]),
  ];
}

function isIn(bytes: Uint8Array, { prefix, bits }: Block): boolean {
  return Array.from({ length: Math.ceil(bits / 8) }, (_, index) => index).every((index) => {
    const mask = 0xff << Math.max(0, (index + 1) * 8 - bits);
    return ((bytes[index] ?? 0) & mask) === ((prefix[index] ?? 0) & mask);
  });
}

function writtenOut(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, group) =>
    Array.from(bytes.subarray(group * 2, group * 2 + 2), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  );
  return groups.join(':');
}
