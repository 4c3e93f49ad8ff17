import 'server-only';
import type { Principal } from '@/lib/contract/principal';
import { Failure } from '@/lib/failure';

interface Entry {
  readonly stop: () => void;
  readonly owner: string;
}

/** The bundler may make several instances of a module: they share the runs. */
const KEY = Symbol.for('ringside.stoppable-runs');

function runsOf(kind: string): Map<string, Entry> {
  const global = globalThis as { [KEY]?: Map<string, Map<string, Entry>> };
  global[KEY] ??= new Map();
  const runs = global[KEY].get(kind) ?? new Map<string, Entry>();
  global[KEY].set(kind, runs);
  return runs;
}

/** Runs of one kind that their owner can stop by an id of their choice, so many at a time. */
export class StoppableRuns {
  constructor(
    private readonly kind: string,
    private readonly most: number,
    /** Why one more is refused. */
    private readonly busy: string,
  ) {}

  /**
   * Lists a run until what it returns is called.
   * @throws Failure `overloaded`, `invalid_request`
   */
  begin(id: string, stop: () => void, { id: owner }: Principal): () => void {
    const runs = runsOf(this.kind);
    if (runs.has(id))
      throw new Failure({ code: 'invalid_request', message: 'A run with this id exists.', retryable: false });
    if (runs.size >= this.most) {
      const hint = 'Try again when one of them has ended.';
      throw new Failure({ code: 'overloaded', message: this.busy, hint, retryable: true });
    }
    runs.set(id, { stop, owner });
    return () => void runs.delete(id);
  }

  /** Nothing more is sent. False: it has ended, or there is none for this principal. */
  stop(id: string, { id: owner }: Principal): boolean {
    const entry = runsOf(this.kind).get(id);
    if (entry === undefined || entry.owner !== owner) return false;
    entry.stop();
    return true;
  }
}
