/** Where a record is, for people. */
interface Place {
  /** Null where there is one file only. */
  readonly file: string | null;
  /** The line on which it begins, or its number where the format has no lines; from 1. */
  readonly at: number;
}

/** Places in several files as rising numbers, so that a place fits into 32 bits. */
export class Places {
  readonly #files: { readonly name: string; readonly before: number }[] = [];
  #last = 0;

  /** Begins a file: later places are in it. */
  begin(name: string): void {
    this.#files.push({ name, before: this.#last });
  }

  /** The number of a place in the file that was begun last, above 0. */
  add(at: number): number {
    this.#last = Math.max(this.#last, (this.#files.at(-1)?.before ?? 0) + at);
    return (this.#files.at(-1)?.before ?? 0) + at;
  }

  of(number: number): Place {
    const file = this.#files.findLast(({ before }) => before < number);
    return { file: this.#files.length > 1 ? (file?.name ?? null) : null, at: number - (file?.before ?? 0) };
  }
}
