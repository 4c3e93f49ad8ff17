import 'server-only';
import { isAscii, isUtf8 } from 'node:buffer';
import { exactFields, JsonFault } from '@/lib/wire/exact-json';
import { invalidUtf8At, invalidUtf8Reason } from '../invalid-utf8';
import { placeIn } from '../place-in';
import type { SourceItem } from '../records';

/** Makes records of JSON objects. Objects with the same keys in the same order share their names. */
export class JsonRecords {
  private names: readonly string[] = [];

  /** A record of the bytes of one object, or why they are none. `column`: characters before it on its line. */
  record(bytes: Buffer, number: number, line: number, column = 0): SourceItem {
    const bad = (at: number, reason: string): SourceItem => {
      const place = placeIn(bytes, at, line);
      const shift = place.line === line ? column : 0;
      return { kind: 'bad', number, line, column: place.column + shift, faultLine: place.line, bytes, reason };
    };
    if (!isUtf8(bytes)) {
      const at = invalidUtf8At(bytes);
      return bad(at, invalidUtf8Reason(bytes, at));
    }
    const text = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
    try {
      const { names, values } = exactFields(text);
      return { kind: 'record', number, line, names: this.shared(names), fields: values, bytes };
    } catch (error) {
      if (error instanceof JsonFault) return bad(Buffer.byteLength(text.slice(0, error.at)), error.reason);
      throw error;
    }
  }

  private shared(names: readonly string[]): readonly string[] {
    const before = this.names;
    if (names.length !== before.length || names.some((name, at) => name !== before[at])) this.names = names;
    return this.names;
  }
}
