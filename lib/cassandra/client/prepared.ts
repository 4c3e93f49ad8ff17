import 'server-only';
import type { Client, policies } from 'cassandra-driver';
import PrepareHandler from 'cassandra-driver/lib/prepare-handler.js';
import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { invalidRequest } from '../../failure';
import { cqlTypeOf } from './driver-types';
import { toFailure } from './errors';
import { onceConnected } from './once-connected';

declare module 'cassandra-driver' {
  interface Client {
    /** Not in the driver's types: its policies, initialised with the cluster's nodes. */
    readonly profileManager: { getDefaultLoadBalancing(): policies.loadBalancing.LoadBalancingPolicy };
  }
}

export interface BindMarker {
  readonly name: string;
  readonly type: CqlType;
  /** A component of the partition key, by the indices that PREPARE answers (native protocol v4, section 4.2.5.4). */
  readonly isPartitionKey: boolean;
}

/**
 * Stands for a value that is not set (native protocol v4, section 3: [value] of length -2), where encoded values are
 * expected. Only this very buffer does.
 */
export const UNSET = Buffer.from('unset');

/**
 * The bind markers that the server declares for a statement, which it prepares if necessary. The driver's `execute` then
 * finds it prepared.
 * @throws Failure
 */
export async function bindMarkers(client: Client, statement: string): Promise<BindMarker[]> {
  try {
    const loadBalancing = client.profileManager.getDefaultLoadBalancing();
    const prepare = () => PrepareHandler.getPrepared(client, loadBalancing, statement, client.keyspace);
    const { meta } = await onceConnected(prepare);
    const keys = new Set(meta.partitionKeys);
    return meta.columns.map(({ name, type }, at) => ({ name, type: cqlTypeOf(type), isPartitionKey: keys.has(at) }));
  } catch (error) {
    throw toFailure(error);
  }
}

/**
 * Encodes values in JSON form as the types that the statement declares.
 * @param values by position, or by the marker's name
 * @param unset positions of markers without a value
 * @throws Failure `invalid_request` naming the marker at fault
 */
export function encodeParams(
  markers: readonly BindMarker[],
  values: readonly JsonValue[] | Readonly<Record<string, JsonValue>>,
  unset: readonly number[] = [],
): (Buffer | null)[] {
  const left = new Set(unset);
  if (isList(values) && values.length !== markers.length) {
    throw invalidRequest(`The statement has ${markers.length} bind markers and ${values.length} values.`);
  }
  return markers.map((marker, at) => {
    if (left.has(at)) return unsetValue(marker);
    const value = isList(values) ? values[at] : ownValue(values, marker.name);
    if (value === undefined) throw invalidRequest(`There is no value for the bind marker “${marker.name}”.`);
    return encodeValue(marker.name, value, marker.type);
  });
}

/** @throws Failure `invalid_request` for a component of the partition key */
export function unsetValue({ name, isPartitionKey }: BindMarker): Buffer {
  if (!isPartitionKey) return UNSET;
  throw invalidRequest(`${name} is part of the partition key, so it cannot be left unset.`, 'Give it a value.');
}

function isList(values: readonly JsonValue[] | Readonly<Record<string, JsonValue>>): values is readonly JsonValue[] {
  return Array.isArray(values);
}

/** @throws Failure `invalid_request` naming the value at fault */
export function encodeValue(name: string, value: JsonValue, type: CqlType): Buffer | null {
  try {
    const bytes = fromJson(value, type);
    return bytes === null ? null : Buffer.from(bytes);
  } catch (error) {
    if (error instanceof ValueError) throw invalidRequest(`${name}: ${error.message}`);
    throw error;
  }
}
