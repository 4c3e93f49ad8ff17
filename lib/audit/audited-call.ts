import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditEntry, AuditOutcome } from '@/lib/contract/audit';
import type { ErrorCode } from '@/lib/contract/errors';
import { type AuditedRequest, type AuditNotes, mayWrite, newEntry, outcomeOfError, requestEntry } from './entry';
import type { ServerAudit } from './server-audit';

type Kept = Pick<ServerAudit, 'append' | 'announce' | 'config'>;

/** One request on its way to its line. It becomes a line once, when it is answered, or when its stream has ended. */
export class AuditedCall {
  readonly #audit: Kept;
  readonly #begun: Pick<AuditEntry, 'id' | 'time'> = newEntry({});
  readonly #startedMs = performance.now();
  readonly #asked: Omit<AuditedRequest, 'input'>;
  #input: unknown;
  #notes: AuditNotes = {};
  #isStream = false;
  #isOver = false;

  constructor(audit: Kept, asked: Omit<AuditedRequest, 'input'>) {
    this.#audit = audit;
    this.#asked = asked;
  }

  /** The input is known now, so that a refusal says what was refused. */
  received(input: unknown): void {
    this.#input = input;
  }

  /**
   * Nothing keeps the request from its handler any more: one that may write is announced before anything is sent.
   * @throws Failure `audit_unavailable`
   */
  async begin(): Promise<void> {
    if (!mayWrite({ ...this.#asked, input: this.#input })) return;
    await this.#audit.announce({ ...newEntry({ event: 'begun', outcome: 'begun' }), ...this.#facts() });
  }

  note(notes: AuditNotes): void {
    const coordinators = [...(this.#notes.coordinators ?? []), ...(notes.coordinators ?? [])];
    const seen = coordinators.length === 0 ? {} : { coordinators: [...new Set(coordinators)] };
    this.#notes = { ...this.#notes, ...notes, ...seen };
  }

  /** A statement that was run as one of several of this request: a line for itself. */
  statement(notes: AuditNotes, outcome: AuditOutcome): void {
    const facts = requestEntry({ ...this.#asked, input: undefined }, notes, this.#audit.config);
    this.#audit.append({ ...newEntry({ event: 'statement', outcome }), ...facts });
  }

  /** The response is a stream: `ended` is called when it has ended. */
  streams(): void {
    this.#isStream = true;
  }

  /** @param error undefined: it was answered */
  answered(error?: ErrorCode): void {
    const failure = error ?? this.#notes.error;
    if (failure !== undefined && !(this.#isStream && error === undefined)) this.#end(outcomeOfError(failure), failure);
    else if (!this.#isStream) this.#end('done');
  }

  /** The client left before there was a response. */
  left(): void {
    this.#end('stopped');
  }

  /** @param outcome how it ended, where it did not say that it failed */
  ended(outcome: 'done' | 'stopped' | 'failed', bytes: number): void {
    const { error } = this.#notes;
    this.note({ bytes });
    this.#end(error === undefined ? outcome : outcomeOfError(error), error);
  }

  #end(outcome: AuditOutcome, error?: ErrorCode): void {
    if (this.#isOver) return;
    this.#isOver = true;
    // What is refused is kept of every endpoint.
    if (this.#asked.endpoint.records === 'nothing' && outcome !== 'refused') return;
    const elapsedMs = Math.round((performance.now() - this.#startedMs) * 10) / 10;
    const ended = { elapsedMs, outcome, ...(error === undefined ? {} : { error }) };
    this.#audit.append({ ...this.#begun, event: 'request', ...this.#facts(), ...ended });
  }

  #facts() {
    return requestEntry({ ...this.#asked, input: this.#input }, this.#notes, this.#audit.config);
  }
}

const KEY = Symbol.for('ringside.audit-scope');

/** The bundler may make several instances of this module: they share the scope. */
function scope(): AsyncLocalStorage<AuditedCall> {
  const global = globalThis as { [KEY]?: AsyncLocalStorage<AuditedCall> };
  global[KEY] ??= new AsyncLocalStorage();
  return global[KEY];
}

/** Runs what answers a request, so that whatever it calls can note what it knows. @param call null: it is not audited */
export function inCall<T>(call: AuditedCall | null, run: () => T): T {
  return call === null ? run() : scope().run(call, run);
}

/** The request that is being answered; null outside of one, and where nothing is audited. */
export function currentCall(): AuditedCall | null {
  return scope().getStore() ?? null;
}
