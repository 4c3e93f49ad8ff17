import 'server-only';
import { isUtf8 } from 'node:buffer';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { QualifiedName } from '@/lib/cql/token-reader';
import type { Cutter } from '../cutter';
import { invalidUtf8At, invalidUtf8Reason } from '../invalid-utf8';
import { placeIn } from '../place-in';
import { SourceError, type SourceItem } from '../records';
import { type InsertText, insertText } from './insert';
import { spacesEnd, statementEnd } from './statement-end';

const LF = 0x0a;

/** The INSERT statements of a file, all into one table. */
export class CqlCutter implements Cutter {
  readonly form = 'literal';
  readonly tooLongHint = 'Look for a quote without its second one, or a missing semicolon.';
  private number = 0;
  private line = 1;
  private table: string | null = null;
  /** Those that came last, to share them. */
  private names: readonly string[] = [];

  get place(): { number: number; line: number } {
    return { number: this.number + 1, line: this.line };
  }

  cut(bytes: Buffer, isLast: boolean, items: SourceItem[]): number {
    let at = 0;
    for (;;) {
      const start = spacesEnd(bytes, at);
      const found = statementEnd(bytes, start);
      if (found < 0 && (!isLast || start === bytes.length || isRemark(bytes.subarray(start)))) return at;
      const end = found < 0 ? bytes.length : found;
      this.count(bytes.subarray(at, start));
      const statement = bytes.subarray(start, end);
      items.push(this.item(statement, found >= 0));
      this.count(statement);
      if (found < 0) return bytes.length;
      at = end;
    }
  }

  private item(bytes: Buffer, isEnded: boolean): SourceItem {
    const number = ++this.number;
    const { line } = this;
    const bad = (at: number, reason: string): SourceItem => {
      const place = placeIn(bytes, at, line);
      return { kind: 'bad', number, line, column: place.column, faultLine: place.line, bytes, reason };
    };
    if (!isUtf8(bytes)) {
      const at = invalidUtf8At(bytes);
      return bad(at, invalidUtf8Reason(bytes, at));
    }
    const text = bytes.toString('utf8', 0, isEnded ? bytes.length - 1 : bytes.length);
    if (/^BEGIN\b/i.test(text)) throw this.batch();
    const insert = insertText(text);
    if ('reason' in insert) return bad(Buffer.byteLength(text.slice(0, insert.at)), insert.reason);
    if (!isEnded) return bad(bytes.length, 'the statement has no semicolon at its end: the file may be cut off');
    const other = this.otherTable(insert.table);
    if (other !== null) return bad(0, other);
    const { literals: fields, using } = insert;
    return { kind: 'record', number, line, names: this.shared(insert), fields, bytes, using };
  }

  private otherTable({ keyspace, name }: QualifiedName): string | null {
    const table = [...(keyspace === undefined ? [] : [keyspace]), name].map(quoteIdentifier).join('.');
    this.table ??= table;
    return table === this.table ? null : `an INSERT into ${table}; the file began with one into ${this.table}`;
  }

  private shared({ names }: InsertText): readonly string[] {
    const before = this.names;
    if (names.length !== before.length || names.some((name, at) => name !== before[at])) this.names = names;
    return this.names;
  }

  private count(bytes: Buffer): void {
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) this.line++;
  }

  private batch(): SourceError {
    return new SourceError('The file has a batch, which is not loaded.', {
      line: this.line,
      column: 1,
      hint: 'Run the file as a script, or take the INSERT statements out of the batch.',
    });
  }
}

/** Comments without a line end after them. */
function isRemark(bytes: Buffer): boolean {
  return spacesEnd(Buffer.concat([bytes, Buffer.of(LF)]), 0) > bytes.length;
}
