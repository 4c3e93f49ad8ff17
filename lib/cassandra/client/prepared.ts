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
}

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
    return meta.columns.map(({ name, type }) => ({ name, type: cqlTypeOf(type) }));
  } catch (error) {
    throw toFailure(error);
  }
}

/**
 * Encodes values in JSON form as the types that the statement declares.
 * @param values by position, or by the marker's name
 * @throws Failure `invalid_request` naming the marker at fault
 */
export function encodeParams(
  markers: readonly BindMarker[],
  values: readonly JsonValue[] | Readonly<Record<string, JsonValue>>,
): (Buffer | null)[] {
  if (isList(values) && values.length !== markers.length) {
    throw invalidRequest(`The statement has ${markers.length} bind markers and ${values.length} values.`);
  }
  return markers.map((marker, at) => {
    const value = isList(values) ? values[at] : ownValue(values, marker.name);
    if (value === undefined) throw invalidRequest(`There is no value for the bind marker “${marker.name}”.`);
    return encodeValue(marker.name, value, marker.type);
  });
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
