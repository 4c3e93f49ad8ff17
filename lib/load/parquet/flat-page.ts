import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { type ColumnPages, type Page, readerOf } from './column-pages';

/** Values of a page that follow each other as bytes. */
export interface Spans {
  readonly page: Buffer;
  /** Of each value; null: the four bytes before a value say how long it is. */
  readonly length: number | null;
}

/** A data page of a column with one value for each row, decompressed. */
export interface FlatPage {
  readonly rows: number;
  /** For each row 1, or 0 where it is null; null: no row is. */
  readonly levels: Uint8Array | null;
  /** The values that are not null, or their places in the dictionary. */
  readonly values: Spans | ArrayLike<unknown>;
}

type Decoder = ColumnPages['decoder'];

/** @throws Error, RangeError when the page is damaged */
export function flatPage(page: Page, decoder: Decoder): FlatPage {
  const { values: rows } = page;
  const { levels: coded, content } = partsOf(page, decoder);
  const levels = coded === null ? null : new Uint8Array(rows);
  if (coded !== null && levels !== null) readRleBitPackedHybrid(readerOf(coded), 1, levels, coded.length);
  const count = levels === null ? rows : levels.reduce((sum, level) => sum + level, 0);
  return { rows, levels: count === rows ? null : levels, values: valuesOf(content, count, page, decoder) };
}

/** Whether rows have values, as it is encoded, and the values. */
function partsOf({ header, body }: Page, decoder: Decoder): { levels: Uint8Array | null; content: Uint8Array } {
  const { codec, compressors, element } = decoder;
  const isRequired = element.repetition_type === 'REQUIRED';
  const v2 = header.data_page_header_v2;
  if (v2 !== undefined) {
    const start = v2.repetition_levels_byte_length;
    const end = start + v2.definition_levels_byte_length;
    if (!(start >= 0 && end >= start && end <= body.length)) throw new Error('the levels of a page are beyond its end');
    const [rest, bytes] = [body.subarray(end), header.uncompressed_page_size - end];
    const content = v2.is_compressed === false ? rest : decompressPage(rest, bytes, codec, compressors);
    return { levels: isRequired ? null : body.subarray(start, end), content };
  }
  const page = decompressPage(body, header.uncompressed_page_size, codec, compressors);
  if (isRequired) return { levels: null, content: page };
  const end = 4 + readerOf(page).view.getUint32(0, true);
  if (end > page.length) throw new Error('the levels of a page are beyond its end');
  return { levels: page.subarray(4, end), content: page.subarray(end) };
}

function valuesOf(content: Uint8Array, count: number, page: Page, decoder: Decoder): FlatPage['values'] {
  const { type, element, schemaPath } = decoder;
  if (page.isCoded) {
    const places = new Uint32Array(count);
    const width = content[0] ?? 0;
    if (width > 0) readRleBitPackedHybrid({ ...readerOf(content), offset: 1 }, width, places, content.length - 1);
    return places;
  }
  if (page.encoding === 'PLAIN' && (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY')) {
    const length = type === 'BYTE_ARRAY' ? null : (element.type_length ?? 0);
    return { page: Buffer.from(content.buffer, content.byteOffset, content.length), length };
  }
  // Its levels are read: what is left is as in a column that has no nulls.
  const required = schemaPath.map((node) => ({ ...node, element: { ...node.element, repetition_type: REQUIRED } }));
  const header = { num_values: count, encoding: page.encoding, ...RLE_LEVELS };
  return readDataPage(content, header, { ...decoder, schemaPath: required }).dataPage;
}

const REQUIRED = 'REQUIRED' as const;
const RLE_LEVELS = { definition_level_encoding: 'RLE', repetition_level_encoding: 'RLE' } as const;
