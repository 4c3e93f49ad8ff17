import 'server-only';
import type { Client, QueryOptions } from 'cassandra-driver';
import { DefaultExecutionOptions, type ExecutionOptions } from 'cassandra-driver/lib/execution-options.js';
import PrepareHandler from 'cassandra-driver/lib/prepare-handler.js';
import RequestHandler from 'cassandra-driver/lib/request-handler.js';
import type { Consistency } from '@/lib/contract/common';
import { consistencyCode } from '../client/consistency';
import { toFailure } from '../client/errors';
import { hasNoConnection, onceConnected } from '../client/once-connected';
import { type Prepared, RowsRequest, type RowValues } from './rows-request';
import { ONCE } from './writes';

/** A statement that writes a row or a part of one, with its values. */
export interface RowStatement extends RowValues {
  readonly statement: string;
}

export interface SentRows {
  readonly keyspace: string;
  readonly consistency: Consistency;
  readonly timeoutMs: number;
}

/** Sends rows by prepared statements, past the parts of the driver that encode values. */
export class RowSender {
  readonly #client: Client;
  readonly #consistency: number;
  readonly #options: ExecutionOptions;

  constructor(client: Client, { keyspace, consistency, timeoutMs }: SentRows) {
    this.#client = client;
    this.#consistency = consistencyCode(consistency);
    const options: QueryOptions = { keyspace, consistency: this.#consistency, readTimeout: timeoutMs, ...ONCE };
    this.#options = DefaultExecutionOptions.create(options, client);
  }

  /**
   * Sends statements of one partition as one request, to one of its replicas, once. Several are an unlogged batch, which
   * Cassandra applies to one partition as one mutation: all of it or nothing.
   * @param partition its key as {@link routingKey} makes it
   * @throws Failure
   */
  async send(statements: readonly RowStatement[], partition: Uint8Array): Promise<void> {
    try {
      await this.#sent(statements, partition);
    } catch (error) {
      if (!hasNoConnection(error)) throw toFailure(error);
      await onceConnected(() => this.#sent(statements, partition)).catch((again: unknown) => {
        throw toFailure(again);
      });
    }
  }

  async #sent(statements: readonly RowStatement[], partition: Uint8Array): Promise<void> {
    const [first] = statements;
    if (first === undefined) return;
    // Of one partition, so nearly always of one statement.
    let prepared = await this.#prepared(first.statement);
    let text = first.statement;
    const rows = [];
    for (const row of statements) {
      if (row.statement !== text) prepared = await this.#prepared(row.statement);
      text = row.statement;
      rows.push({ prepared, row });
    }
    await RequestHandler.send(new RowsRequest(rows, this.#consistency), this.#optionsFor(partition), this.#client);
  }

  /** The driver looks among what it has prepared, and prepares otherwise. */
  #prepared(statement: string): Promise<Prepared> {
    const client = this.#client;
    return PrepareHandler.getPrepared(
      client,
      client.profileManager.getDefaultLoadBalancing(),
      statement,
      client.keyspace,
    );
  }

  #optionsFor(partition: Uint8Array): ExecutionOptions {
    const options: ExecutionOptions = Object.create(this.#options);
    options.setRoutingKey(
      Buffer.isBuffer(partition) ? partition : Buffer.from(partition.buffer, partition.byteOffset, partition.length),
    );
    return options;
  }
}
