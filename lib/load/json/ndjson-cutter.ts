import 'server-only';
import type { Cutter } from '../cutter';
import type { SourceItem } from '../records';
import { JsonRecords } from './json-record';

const LF = 0x0a;
const CR = 0x0d;

/** One JSON object a line. Lines of nothing are passed over. */
export class NdjsonCutter implements Cutter {
  readonly form = 'json';
  readonly tooLongHint = 'A file with one array of objects has the format json.';
  private readonly records = new JsonRecords();
  private number = 0;
  private line = 1;

  get place(): { number: number; line: number } {
    return { number: this.number + 1, line: this.line };
  }

  cut(bytes: Buffer, isLast: boolean, items: SourceItem[]): number {
    let at = 0;
    while (at < bytes.length) {
      const found = bytes.indexOf(LF, at);
      if (found < 0 && !isLast) break;
      const end = found < 0 ? bytes.length : found;
      const text = bytes.subarray(at, bytes[end - 1] === CR && end > at ? end - 1 : end);
      if (!isBlank(text)) items.push(this.records.record(text, ++this.number, this.line));
      this.line++;
      at = end + 1;
    }
    return Math.min(at, bytes.length);
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === CR);
}
