import 'server-only';
import { isIP, type Socket } from 'node:net';
import type { ClientOptions } from 'cassandra-driver';
import Connection from 'cassandra-driver/lib/connection.js';
import { Failure } from '../../failure';
import type { RefusalOf } from './networks';
import { isFirst } from './once-per-process';

/**
 * Checks every address before the driver (4.10.0) connects to it: contact points once their names are resolved, and the
 * addresses that nodes announce. The driver has no public way to do so: its connections' `open` is wrapped, once per
 * process, for every client.
 */

const WRAPPED = Symbol.for('ringside.address-guard.wrapped');
const REFUSAL = 'ringsideRefusal';

/** Client options whose connections go only where `refusalOf` allows. */
export function guardAddresses<T extends ClientOptions>(options: T, refusalOf: RefusalOf): T {
  install();
  return Object.assign(options, { [REFUSAL]: refusalOf });
}

function install(): void {
  if (!isFirst(WRAPPED)) return;
  const open = Connection.prototype.open;
  Connection.prototype.open = function (callback) {
    const refusalOf: unknown = Reflect.get(this.options, REFUSAL);
    if (typeof refusalOf !== 'function') return open.call(this, callback);
    const check = (address: string): Failure | null => {
      const refusal: unknown = refusalOf(address);
      return refusal instanceof Failure ? refusal : null;
    };
    const refusal = isIP(this.address) === 0 ? null : check(this.address);
    if (refusal !== null) return void process.nextTick(callback, refusal);
    open.call(this, callback);
    checkNames(this.netClient, check);
  };
}

/** A name that the driver did not resolve itself, such as one of `addressMap`: the socket stops before it connects. */
function checkNames(socket: Socket | undefined, check: (address: string) => Failure | null): void {
  socket?.on('lookup', (_error: Error | null, address: string | undefined) => {
    const refusal = address ? check(address) : null;
    if (refusal !== null) socket.destroy(refusal);
  });
}
