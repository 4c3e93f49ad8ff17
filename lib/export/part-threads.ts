import 'server-only';
import { Worker } from 'node:worker_threads';
import { Failure } from '@/lib/failure';
import type { PageRows, Part, PartHost, PartKind } from './part';
import { type PartCall, type PartReply, type PartStand, receivedError, sentFormat } from './part-calls';
import type { PartState, TokenSpan } from './parts-state';

/** A call without what its thread adds. */
type Asked = PartCall extends infer Call ? (Call extends unknown ? Omit<Call, 'id'> : never) : never;

interface Waiting {
  resolve(stand: PartStand): void;
  reject(error: unknown): void;
}

/** One page being written, and one that waits for it: more would only leave the processors' caches. */
const PAGES_A_THREAD = 2;

/** Writes parts on threads of their own, each lane on one of them. Started by the first part. */
export class PartThreads implements PartHost {
  readonly pagesAhead: number;
  readonly #program: string;
  readonly #most: number;
  readonly #threads: PartThread[] = [];
  #parts = 0;

  /**
   * @param program the bundled program of a thread (scripts/support/export-thread.mjs)
   * @param most threads, at least one
   */
  constructor(program: string, most: number) {
    this.#program = program;
    this.#most = most;
    this.pagesAhead = most * PAGES_A_THREAD;
  }

  create(kind: PartKind, name: string, lane: number): Promise<Part> {
    return this.#open(lane, (part) => ({ call: 'create', part, kind: sent(kind), name }));
  }

  reopen(kind: PartKind, state: PartState, lane: number): Promise<Part> {
    return this.#open(lane, (part) => ({ call: 'reopen', part, kind: sent(kind), state }));
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  async #open(lane: number, asked: (part: number) => Asked): Promise<Part> {
    const at = lane % this.#most;
    const thread = this.#threads[at] ?? new PartThread(this.#program);
    this.#threads[at] = thread;
    const part = this.#parts++;
    return new ThreadPart(thread, part, await thread.ask(asked(part)));
  }
}

function sent(kind: PartKind): PartKind {
  return { ...kind, format: sentFormat(kind.format) };
}

/** A thread and the calls it has not answered. */
class PartThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;
  /** Why it answers no more. */
  #gone: Failure | null = null;

  constructor(program: string) {
    // Options of this process, such as a profiler's, are not for its threads.
    this.#worker = new Worker(program, { execArgv: [] });
    this.#worker.on('message', (reply: PartReply) => this.#replied(reply));
    this.#worker.on('messageerror', (error) => this.#lost(error));
    this.#worker.on('error', (error) => this.#lost(error));
    this.#worker.on('exit', (code) => this.#lost(new Error(`it ended with ${code}`)));
  }

  ask(asked: Asked, transfer: ArrayBuffer[] = []): Promise<PartStand> {
    if (this.#gone !== null) return Promise.reject(this.#gone);
    const id = this.#calls++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...asked, id }, transfer);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #replied(reply: PartReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.stand === undefined) waiting?.reject(receivedError(reply.refusal));
    else waiting?.resolve(reply.stand);
  }

  #lost(cause: unknown): void {
    this.#gone ??= threadLost(cause);
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}

function threadLost(cause: unknown): Failure {
  return new Failure(
    {
      code: 'internal_error',
      message:
        'A thread that wrote files of this export ended unexpectedly. Everything up to the last checkpoint is kept.',
      hint: 'Resume. If it happens again, export with one thread and give the process more memory.',
      detail: cause instanceof Error ? cause.message : String(cause),
      retryable: true,
    },
    { cause },
  );
}

class ThreadPart implements Part {
  readonly #thread: PartThread;
  readonly #part: number;
  #stand: PartStand;
  #isOpen = true;

  constructor(thread: PartThread, part: number, stand: PartStand) {
    this.#thread = thread;
    this.#part = part;
    this.#stand = stand;
  }

  get name(): string {
    return this.#stand.name;
  }

  get rows(): number {
    return this.#stand.rows;
  }

  get bytes(): number {
    return this.#stand.bytes;
  }

  async add(given: PageRows, range: TokenSpan): Promise<void> {
    const { rows, frameBytes } = given;
    const page = { body: alone(given), rows, frameBytes };
    this.#stand = await this.#thread.ask({ call: 'add', part: this.#part, page, range }, [page.body.buffer]);
  }

  settle(): Promise<PartState> {
    return this.#state('settle');
  }

  async finish(): Promise<PartState> {
    const state = await this.#state('finish');
    this.#isOpen = false;
    return state;
  }

  async sync(): Promise<void> {
    await this.#thread.ask({ call: 'sync', part: this.#part });
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // A thread that is gone has closed its files.
    await this.#thread.ask({ call: 'close', part: this.#part }).catch(() => undefined);
  }

  async #state(call: 'settle' | 'finish'): Promise<PartState> {
    this.#stand = await this.#thread.ask({ call, part: this.#part });
    if (this.#stand.state === null) throw new Error(`no state after ${call}`);
    return this.#stand.state;
  }
}

/** A response that has its memory to itself is handed over without a copy. */
function alone({ body, frameBytes }: PageRows): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = body;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== frameBytes) return new Uint8Array(body);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
