import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';

/** Test support: a file of data pages of version 1, which neither Ringside nor hyparquet-writer writes. */

interface V1Page {
  readonly values: number;
  /** One for each value; null: the column has none. */
  readonly repetition: readonly number[] | null;
  readonly definition: readonly number[] | null;
  /** Encoded as PLAIN. */
  readonly plain: Uint8Array;
}

export interface V1Column {
  /** From the column down to the field with values. */
  readonly elements: readonly SchemaElement[];
  readonly type: ColumnMetaData['type'];
  readonly pages: readonly V1Page[];
  /** As the footer states it; by default the sum of the pages. */
  readonly values?: number;
}

/** One row group. */
export function v1File(columns: readonly V1Column[], rows: number): Uint8Array {
  const writer = new ByteWriter();
  writer.appendBytes(Buffer.from('PAR1'));
  const chunks = columns.map((column) => ({ file_offset: 0n, meta_data: chunk(writer, column) }));
  const bytes = BigInt(writer.offset);
  writeMetadata(writer, {
    version: 1,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(({ elements }) => elements)],
    num_rows: BigInt(rows),
    row_groups: [{ columns: chunks, total_byte_size: bytes, num_rows: BigInt(rows) }],
    metadata_length: 0,
  });
  writer.appendBytes(Buffer.from('PAR1'));
  return new Uint8Array(writer.getBuffer());
}

function chunk(writer: ByteWriter, { elements, type, pages, values }: V1Column): ColumnMetaData {
  const start = writer.offset;
  for (const page of pages) {
    const body = Buffer.concat([levels(page.repetition), levels(page.definition), page.plain]);
    writePageHeader(writer, {
      type: 'DATA_PAGE',
      uncompressed_page_size: body.length,
      compressed_page_size: body.length,
      data_page_header: {
        num_values: page.values,
        encoding: 'PLAIN',
        definition_level_encoding: 'RLE',
        repetition_level_encoding: 'RLE',
      },
    });
    writer.appendBytes(body);
  }
  const bytes = BigInt(writer.offset - start);
  return {
    type,
    encodings: ['PLAIN'],
    path_in_schema: elements.map(({ name }) => name),
    codec: 'UNCOMPRESSED',
    num_values: BigInt(values ?? pages.reduce((sum, page) => sum + page.values, 0)),
    total_uncompressed_size: bytes,
    total_compressed_size: bytes,
    data_page_offset: BigInt(start),
  };
}

/** Levels below 256, each as a run of one. */
function levels(list: readonly number[] | null): Buffer {
  if (list === null) return Buffer.alloc(0);
  const runs = Buffer.from(list.flatMap((level) => [1 << 1, level]));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(runs.length);
  return Buffer.concat([length, runs]);
}
