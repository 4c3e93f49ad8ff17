import 'server-only';
import { isAscii, isUtf8 } from 'node:buffer';
import { COLUMNS } from '@/lib/contract/limits';
import type { CsvSource } from '@/lib/contract/load-sources';
import { plural } from '@/lib/text/format';
import { withFormulas } from '@/lib/wire/formula';
import type { Cutter } from '../cutter';
import { invalidUtf8At, invalidUtf8Reason } from '../invalid-utf8';
import { placeIn } from '../place-in';
import { type BadRecord, type Field, type LoadRecord, SourceError, type SourceItem } from '../records';
import { BARE, CsvScanner, ESCAPED } from './scanner';

/** Records of CSV. The first one names the fields, unless the options do. */
export class CsvCutter implements Cutter {
  readonly form = 'text';
  readonly tooLongHint: string;
  private readonly scanner: CsvScanner;
  private readonly unescaped: (text: string) => string;
  private names: readonly string[] | null;
  private number = 0;
  private line = 1;
  private bytes: Buffer = Buffer.alloc(0);
  /** The same as text, if that has the same offsets. */
  private ascii: string | null = null;

  constructor(private readonly options: CsvSource) {
    this.scanner = new CsvScanner(options);
    this.unescaped = unescaper(options);
    this.names = options.header === true ? null : uniqueNames(options.header, null);
    const quote = options.quote ?? '';
    this.tooLongHint = quote === '' ? '' : `Look for a ${quote} without its second one on that line.`;
  }

  get place(): { number: number; line: number } {
    return { number: this.number + 1, line: this.line };
  }

  cut(bytes: Buffer, isLast: boolean, items: SourceItem[]): number {
    this.bytes = bytes;
    this.ascii = isAscii(bytes) ? bytes.toString('latin1') : null;
    let at = 0;
    while (at < bytes.length) {
      const next = this.scanner.record(bytes, at, isLast);
      if (next < 0) break;
      this.take(at, items);
      this.line += this.scanner.lineEnds + 1;
      at = next;
    }
    if (isLast && this.names === null) throw empty();
    return at;
  }

  private take(start: number, items: SourceItem[]): void {
    const { names, scanner } = this;
    // A line of nothing is a record only where a record can be nothing: one null.
    if (scanner.end === start && (names === null || names.length > 1)) return;
    if (names === null) {
      this.names = this.header(start);
      return;
    }
    this.number++;
    const fault = this.faultOf(start, names.length);
    items.push(fault ?? this.recordOf(start, names));
  }

  private recordOf(start: number, names: readonly string[]): LoadRecord {
    const fields = new Array<Field>(names.length);
    for (let i = 0; i < fields.length; i++) fields[i] = this.field(i);
    return new CsvRecord(this.number, this.line, names, fields, this.bytes, start, this.scanner.end);
  }

  private field(at: number): Field {
    const { scanner, ascii } = this;
    const [start, end, kind] = [scanner.starts[at] ?? 0, scanner.ends[at] ?? 0, scanner.kinds[at]];
    const { nullText, formulaSafe } = this.options;
    if (kind === BARE && end === start) return nullText === '' ? null : '';
    const text = ascii === null ? this.bytes.toString('utf8', start, end) : ascii.slice(start, end);
    if (kind === BARE && text === nullText) return null;
    const plain = kind === ESCAPED ? this.unescaped(text) : text;
    return formulaSafe && plain.includes("'") ? withFormulas(plain, this.options.delimiter) : plain;
  }

  private faultOf(start: number, expected: number): BadRecord | null {
    const { scanner } = this;
    if (scanner.faultAt >= 0) return this.bad(start, scanner.faultAt, scanner.fault);
    if (this.ascii === null) {
      const record = this.bytes.subarray(start, scanner.end);
      if (!isUtf8(record)) {
        const at = invalidUtf8At(record);
        return this.bad(start, start + at, invalidUtf8Reason(record, at));
      }
    }
    if (scanner.count === expected) return null;
    const found = scanner.count > COLUMNS ? `more than ${COLUMNS}` : String(scanner.count);
    return this.bad(start, null, `the record has ${found} fields; ${plural(expected, 'is', 'are')} expected`);
  }

  private bad(start: number, faultAt: number | null, reason: string): BadRecord {
    const bytes = this.bytes.subarray(start, this.scanner.end);
    const place = faultAt === null ? null : placeIn(bytes, faultAt - start, this.line);
    const [column, faultLine] = [place?.column ?? null, place?.line ?? null];
    return { kind: 'bad', number: this.number, line: this.line, column, faultLine, bytes, reason };
  }

  private header(start: number): readonly string[] {
    const { scanner, line } = this;
    const record = this.bytes.subarray(start, scanner.end);
    if (record.includes(0)) {
      throw new SourceError('The header has a NUL character: the file is probably UTF-16.', {
        ...placeIn(record, record.indexOf(0), line),
        hint: 'Choose the encoding utf-16le or utf-16be.',
      });
    }
    const invalid = invalidUtf8At(record);
    const fault = scanner.faultAt >= 0 ? scanner.faultAt - start : invalid;
    if (fault >= 0) {
      const reason = scanner.faultAt >= 0 ? scanner.fault : invalidUtf8Reason(record, invalid);
      throw new SourceError(`The header cannot be read: ${reason}.`, placeIn(record, fault, line));
    }
    if (scanner.count > COLUMNS) throw new SourceError(`The header has more than ${COLUMNS} fields.`, { line });
    const names = Array.from({ length: scanner.count }, (_, at) => String(this.field(at) ?? ''));
    return uniqueNames(names, line);
  }
}

/** Keeps where its bytes are, of which most records need no view. */
class CsvRecord implements LoadRecord {
  readonly kind = 'record';

  constructor(
    readonly number: number,
    readonly line: number,
    readonly names: readonly string[],
    readonly fields: readonly Field[],
    private readonly source: Buffer,
    private readonly start: number,
    private readonly end: number,
  ) {}

  get bytes(): Uint8Array {
    return this.source.subarray(this.start, this.end);
  }
}

function uniqueNames(names: readonly string[], line: number | null): readonly string[] {
  const seen = new Map<string, number>();
  for (const [at, name] of names.entries()) {
    const before = seen.get(name);
    if (before !== undefined) {
      throw new SourceError(`Fields ${before + 1} and ${at + 1} have the same name, ${JSON.stringify(name)}.`, {
        line,
        hint: 'Rename one in the header, or state the names of all fields and load without the header.',
      });
    }
    seen.set(name, at);
  }
  return names;
}

function empty(): SourceError {
  return new SourceError('The file is empty: a header with the names of the fields is expected.', {
    line: 1,
    column: 1,
    hint: 'State the names of the fields if the file has no header.',
  });
}

function unescaper({ quote, escape: mark }: CsvSource): (text: string) => string {
  const sign = quote ?? '';
  const doubled = sign + sign;
  if (mark === null || mark === quote) return (text) => text.replaceAll(doubled, sign);
  const escaped = new RegExp(`${literal(mark)}([^])${quote === null ? '' : `|${literal(doubled)}`}`, 'g');
  return (text) => text.replace(escaped, (_, character: string | undefined) => character ?? sign);
}

function literal(text: string): string {
  return text.replace(/[^a-z]/g, '\\$&');
}
