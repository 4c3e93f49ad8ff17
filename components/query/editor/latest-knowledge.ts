import type { CompletionKnowledge } from '@/lib/workbench/completion-knowledge';

/** What the editor knows of the cluster at the moment, for code that is not drawn again when it changes. */
export class LatestKnowledge {
  #now: CompletionKnowledge;
  #isArriving: boolean;
  readonly #waiting: (() => void)[] = [];

  constructor(now: CompletionKnowledge, isArriving: boolean) {
    this.#now = now;
    this.#isArriving = isArriving;
  }

  get now(): CompletionKnowledge {
    return this.#now;
  }

  set(now: CompletionKnowledge, isArriving: boolean): void {
    this.#now = now;
    this.#isArriving = isArriving;
    if (!isArriving) for (const proceed of this.#waiting.splice(0)) proceed();
  }

  /** Resolves when the schema is here or could not be read; null when there is nothing to wait for. */
  arrival(): Promise<void> | null {
    return this.#isArriving ? new Promise((resolve) => this.#waiting.push(resolve)) : null;
  }
}
