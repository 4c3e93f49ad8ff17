import 'server-only';

const MOST = 20;

/** Warnings from servers and the engine during a scan: each once, newest last. */
export class ScanWarnings {
  readonly #texts = new Set<string>();

  add(text: string): void {
    this.#texts.delete(text);
    this.#texts.add(text);
    const [oldest] = this.#texts;
    if (this.#texts.size > MOST && oldest !== undefined) this.#texts.delete(oldest);
  }

  list(): string[] {
    return [...this.#texts];
  }
}
