/** Partition keys that are hard to put into a URL, a file name or a line of text. */
const PARTITION_KEYS = [
  'plain',
  'a/b/../c',
  '100%',
  '%2F',
  '?query=1&more#fragment',
  'plus + space',
  "O'Brien",
  'double "quoted"',
  ' ',
  'tab\tand\nline',
  'back\\slash',
  '=1+1',
  '名前 🌍',
  'e\u0301',
  'null',
  `long ${'key '.repeat(500)}`,
];

/**
 * The rows of `every_type."MixedCase"`, as INSERT JSON takes them.
 * @type {import('../table.mjs').Row[]}
 */
export const quotedRows = PARTITION_KEYS.flatMap((key, index) =>
  [1, 2].map((order) => ({
    'Partition Key': key,
    order,
    'Mixed Case': `row ${order} of key ${index}`,
    'with "quotes"': order === 1 ? 'she said "hello"' : null,
    'naïve ☃ 🌍': 'snow ☃ on earth 🌍',
    ' padded ': ' padded ',
    select: index,
    '1st': order,
    '=1+1': '=1+1',
    'Quoted Type': { '"Field One"': index, '"select"': 'from', '"größe 📏"': '1.00' },
  })),
);
