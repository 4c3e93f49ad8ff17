import 'server-only';
import type { WriteStream } from 'node:tty';
import { type Moment, progressLine } from './progress-line';

const REDRAW_MS = 200;
const LINE_MS = 10_000;
const [CLEAR_LINE, CARRIAGE_RETURN] = ['\u001b[K', '\r'];

/** Messages on standard error: one changing line in a terminal, an occasional line in a log. */
export class Reporter {
  readonly #out: Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
  readonly #isQuiet: boolean;
  #timer: NodeJS.Timeout | null = null;
  #isLineOpen = false;

  constructor(isQuiet: boolean, out: Pick<WriteStream, 'write'> & Partial<WriteStream> = process.stderr) {
    this.#isQuiet = isQuiet;
    this.#out = out;
  }

  /** Shows progress until {@link stop}. */
  watch(now: () => Moment): void {
    if (this.#isQuiet) return;
    const show = () => (this.#out.isTTY ? this.#redraw(now()) : this.note(progressLine(now())));
    this.#timer = setInterval(show, this.#out.isTTY ? REDRAW_MS : LINE_MS);
    this.#timer.unref();
    if (this.#out.isTTY) show();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    if (this.#isLineOpen) this.#out.write(`${CARRIAGE_RETURN}${CLEAR_LINE}`);
    this.#isLineOpen = false;
  }

  /** A line that --quiet hides. */
  note(line: string): void {
    if (!this.#isQuiet) this.error(line);
  }

  /** A line that is always printed. */
  error(line: string): void {
    const before = this.#isLineOpen ? `${CARRIAGE_RETURN}${CLEAR_LINE}` : '';
    this.#isLineOpen = false;
    this.#out.write(`${before}${line}\n`);
  }

  #redraw(moment: Moment): void {
    const width = Math.max(20, (this.#out.columns ?? 80) - 1);
    this.#out.write(`${CARRIAGE_RETURN}${progressLine(moment, width)}${CLEAR_LINE}`);
    this.#isLineOpen = true;
  }
}
