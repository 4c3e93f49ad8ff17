import type { AsyncBuffer, ColumnMetaData, Compressors, Encoding, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { getTreePath } from 'hyparquet/src/schema.js';
import { ChunkBytes } from './chunk-bytes';

/** A header is this long at most, unless it has long statistics: then it is tried with more bytes, up to the limit. */
const HEADER_BYTES = 8 * 1024;
const MOST_HEADER_BYTES = 16 * 1024 * 1024;

type Decoder = Parameters<typeof readPage>[2];
type Dictionary = ReturnType<typeof readPage>['data'];

/** A data page as it is in the file, compressed. */
export interface Page {
  readonly header: PageHeader;
  /** Nulls included. */
  readonly values: number;
  readonly body: Uint8Array;
  readonly encoding: Encoding;
  /** Its values are places in the dictionary. */
  readonly isCoded: boolean;
}

export interface Reading {
  readonly file: AsyncBuffer;
  /** The schema without the logical types that hyparquet would convert. */
  readonly tree: SchemaTree;
  readonly compressors: Compressors;
  /** Throws for a page that is larger than may be held. */
  readonly checkPage: (bytes: number) => void;
}

/** The data pages of a column chunk, one after the other. What the chunk states is checked against its pages. */
export class ColumnPages {
  readonly decoder: Decoder;
  /** Undefined until a page with a dictionary has come, which is before any page that needs it. */
  dictionary: Dictionary;
  private readonly chunk: ChunkBytes;
  private left: number;

  constructor(
    private readonly reading: Reading,
    meta: ColumnMetaData,
  ) {
    const { file, tree, compressors } = reading;
    const schemaPath = getTreePath(tree, meta.path_in_schema);
    const element = schemaPath.at(-1)?.element;
    if (element === undefined) throw new Error('a column has no type');
    const { type, codec, path_in_schema: pathInSchema } = meta;
    this.decoder = {
      type,
      codec,
      pathInSchema,
      element,
      schemaPath,
      compressors,
      parsers: DEFAULT_PARSERS,
      utf8: false,
    };
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const end = start + Number(meta.total_compressed_size);
    if (!(start >= 0 && end >= start && end <= file.byteLength)) throw new Error('a column is outside the file');
    this.chunk = new ChunkBytes(file, start, end);
    this.left = Number(meta.num_values);
  }

  /** Null after the last one. */
  async next(): Promise<Page | null> {
    // A chunk of some writers ends with a byte that is no page.
    while (this.chunk.left > 1) {
      const header = await this.header();
      const body = await this.body(header.compressed_page_size);
      if (header.type === 'DICTIONARY_PAGE') {
        if (this.dictionary !== undefined) throw new Error('a column has two dictionaries');
        this.dictionary = readPage(readerOf(body), header, this.decoder, undefined, undefined, 0).data;
        continue;
      }
      const page = this.page(header, body);
      if (page.values > 0) return page;
    }
    return null;
  }

  private page(header: PageHeader, body: Uint8Array): Page {
    const about = header.data_page_header ?? header.data_page_header_v2;
    if (about === undefined) throw new Error('a page has no values');
    const { num_values: values, encoding } = about;
    if (!(values >= 0 && values <= this.left)) throw new Error('a page has more values than its column');
    this.left -= values;
    const isCoded = encoding.endsWith('_DICTIONARY');
    if (isCoded && this.dictionary === undefined) throw new Error('a page needs a dictionary that is not there');
    return { header, values, body, encoding, isCoded };
  }

  private async header(): Promise<PageHeader> {
    for (let most = HEADER_BYTES; ; most *= 4) {
      const bytes = await this.chunk.peek(most);
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
      try {
        const header = parquetHeader(reader);
        this.chunk.pass(reader.offset);
        return header;
      } catch (error) {
        if (bytes.length === this.chunk.left || most > MOST_HEADER_BYTES) throw error;
      }
    }
  }

  private async body(bytes: number): Promise<Uint8Array> {
    if (!(bytes >= 0 && bytes <= this.chunk.left)) throw new Error('a page ends after its column');
    this.reading.checkPage(bytes);
    const body = (await this.chunk.peek(bytes)).subarray(0, bytes);
    this.chunk.pass(bytes);
    return body;
  }
}

export function readerOf(bytes: Uint8Array): Parameters<typeof readPage>[0] {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}
