import { types } from 'cassandra-driver';
import { BatchRequest, ExecuteRequest } from 'cassandra-driver/lib/requests.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Prepared, RowsRequest, type RowValues } from './rows-request';

const { v3, v4, dseV1, dseV2 } = types.protocolVersion;
const CONSISTENCY = types.consistencies.localQuorum;
const prepared: Prepared = { queryId: Buffer.from('a statement'), meta: { resultId: Buffer.from('its result') } };

/** What the driver asks of its options, with nothing but a consistency level. */
const options = {
  getOrGenerateTimestamp: () => null,
  getConsistency: () => CONSISTENCY,
  isQueryTracing: () => false,
  getCustomPayload: () => undefined,
  getFetchSize: () => 0,
  getPageState: () => undefined,
  getSerialConsistency: () => undefined,
  getHints: () => undefined,
  isBatchCounter: () => false,
  isBatchLogged: () => false,
  getKeyspace: () => undefined,
};

const value = fc.oneof(fc.constant(null), fc.constant(undefined), fc.uint8Array({ maxLength: 60 }));
const row: fc.Arbitrary<RowValues> = fc.record({
  values: fc.array(value, { maxLength: 6 }),
  timestampMicros: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  ttlSeconds: fc.option(fc.integer({ min: 0, max: 630_720_000 })),
});

/** The parameters that the driver would be given for the same row. */
function paramsOf({ values, timestampMicros, ttlSeconds }: RowValues): unknown[] {
  const using = Buffer.alloc(12);
  using.writeBigInt64BE(timestampMicros);
  using.writeInt32BE(ttlSeconds ?? 0, 8);
  const encoded = values.map((bytes) => (bytes == null ? bytes : Buffer.from(bytes)));
  const params = [...encoded, using.subarray(0, 8), ttlSeconds === null ? undefined : using.subarray(8)];
  return params.map((param) => (param === undefined ? types.unset : param));
}

describe('a request that writes rows', () => {
  it('has the bytes of the driver’s own request', () => {
    const versions = fc.constantFrom(v3, v4, dseV1, dseV2);
    const streams = fc.integer({ min: 0, max: 32_767 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), versions, streams, (rows, protocolVersion, stream) => {
        const encoder = { protocolVersion, encode: (param: unknown) => param };
        const request = new RowsRequest(
          rows.map((one) => ({ prepared, row: one })),
          CONSISTENCY,
        );
        const [first] = rows;
        if (first === undefined) return;
        const meta = { ...prepared.meta, columns: [] };
        const queries = rows.map((one) => ({ queryId: prepared.queryId, params: paramsOf(one), meta: withTypes(one) }));
        const driver =
          rows.length === 1
            ? new ExecuteRequest('', prepared.queryId, paramsOf(first), options, meta)
            : new BatchRequest(queries, options);
        expect(request.write(encoder, stream)).toEqual(driver.write(encoder, stream));
        expect(request.length).toBe(driver.length);
        expect(request.clone().write(encoder, stream)).toEqual(driver.write(encoder, stream));
      }),
    );
  });
});

function withTypes({ values }: RowValues) {
  return { columns: [...values, null, null].map(() => ({ type: null })) };
}
