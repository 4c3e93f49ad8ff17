/** Statements to begin from, as the palette and completion name them. The page knows these before it has the templates. */
export const SNIPPET_NAMES = [
  ['byKey', 'Query by key'],
  ['latest', 'Latest rows of a partition'],
  ['slice', 'Range of a partition'],
  ['insertIfAbsent', 'Insert if absent (LWT)'],
  ['insertWithTtl', 'Insert with a TTL'],
  ['changeIf', 'Change if unchanged (LWT)'],
  ['batch', 'Batch in one partition'],
  ['increment', 'Increment a counter'],
  ['timeSeries', 'Time-series table'],
] as const;

export type SnippetId = (typeof SNIPPET_NAMES)[number][0];
