import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { linesFrom } from '@/lib/jobs/lines-file';
import { REASONS_FILE } from './state';

const reasonSchema = z.object({ record: z.number().int() });

/** The numbers of the records that were not written, among those of all files; asked for in rising order. */
export class FailedNumbers {
  readonly #lines: AsyncGenerator<{ line: z.output<typeof reasonSchema> }, void> | null;
  #next: number | null = 0;

  constructor(directory: string) {
    const path = join(directory, REASONS_FILE);
    this.#lines = existsSync(path) ? linesFrom(path, 0, reasonSchema) : null;
  }

  async has(number: number): Promise<boolean> {
    while (this.#next !== null && this.#next < number) {
      const read = await this.#lines?.next();
      this.#next = read === undefined || read.done ? null : read.value.line.record;
    }
    return this.#next === number;
  }

  async close(): Promise<void> {
    await this.#lines?.return();
  }
}
