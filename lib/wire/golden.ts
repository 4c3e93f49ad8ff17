import { z } from 'zod';
import type { JsonValue } from '@/lib/contract/json';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';

const goldenSchema = z.object({
  udts: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))),
  values: z.array(
    z.object({
      type: z.string(),
      hex: z.string().nullable(),
      // Taken as it is: a copy would lose -0 and a key called __proto__.
      json: z.custom<JsonValue>((value) => value !== undefined),
      csv: z.string(),
      cql: z.string(),
      note: z.string().optional(),
      jsonText: z.string().optional(),
      encode: z.enum(['same', 'other', 'refused']).default('same'),
      server: z.enum(['literal', 'bytes', 'none']).default('literal'),
    }),
  ),
});

/** A value of the golden file with its type and bytes read; the fields are described in the file. */
export type GoldenValue = z.infer<typeof goldenSchema>['values'][number] & {
  readonly cqlType: CqlType;
  readonly bytes: Uint8Array | null;
};

/** Hex digits as bytes. */
function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes as hex digits. */
export function hexOfBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reads the text of `golden.json`: every CQL type and edge with its bytes and texts, the oracle of every format. */
export function readGolden(text: string): {
  readonly udts: Record<string, [string, string][]>;
  readonly values: GoldenValue[];
} {
  const { udts, values } = goldenSchema.parse(JSON.parse(text));
  const typeOf = (type: string): CqlType =>
    parseCqlType(type, (_, name) => udts[name]?.map(([field, of]) => ({ name: field, type: typeOf(of) })), 'golden');
  return {
    udts,
    values: values.map((value) => ({
      ...value,
      cqlType: typeOf(value.type),
      bytes: value.hex === null ? null : bytesOfHex(value.hex),
    })),
  };
}
