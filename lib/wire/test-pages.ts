import type { PlanColumn } from './plan';
import { type FileFormat, rowWriter } from './row-writer';
import type { Part } from './split';

/** Test support: page bodies from cells, and files from pages. */

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The body of a page: rows of cells, each with its length and its bytes. */
export function pageOf(rows: readonly (readonly Part[])[]): Uint8Array {
  return joined(rows.flat().flatMap((cell) => (cell === null ? [int32(-1)] : [int32(cell.length), cell])));
}

/** {@link fileOf}, for a text format. */
export function fileTextOf(...file: Parameters<typeof fileOf>): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fileOf(...file));
}

/** A whole file, its rows passed in pages of `pageRows`, each surrounded by unrelated bytes. */
export function fileOf(
  format: FileFormat,
  columns: readonly PlanColumn[],
  rows: readonly (readonly Part[])[],
  pageRows = 1000,
): Uint8Array {
  const writer = rowWriter(format, columns);
  const chunks: Uint8Array[] = [];
  writer.begin();
  for (let at = 0; at < rows.length; at += pageRows) {
    const part = rows.slice(at, at + pageRows);
    const body = joined([Uint8Array.of(9, 9), pageOf(part), Uint8Array.of(7)]);
    const end = writer.write(body, 2, part.length);
    for (const _ of writer.settle?.() ?? []);
    if (end !== body.length - 1) throw new Error(`The writer stopped at ${end} of a page of ${body.length} bytes.`);
    chunks.push(writer.sink.take());
  }
  for (const _ of writer.end());
  return joined([...chunks, writer.sink.take()]);
}
