import { z } from 'zod';
import { exportFailure } from './failures';
import { numbered, TestScan } from './test-scans';
import { PartsWriter } from './write-parts';

/**
 * A program that exports numbers into a directory, for tests that kill it: `DIRECTORY FORMAT COMPRESSION`. Prints the
 * rows so far with each page, and finally `complete` or the failure's code.
 */
const [directory = '', format = '', compression = ''] = process.argv.slice(2);

/** Formats whose writer needs only the columns. */
const kindSchema = z.enum(['csv', 'ndjson', 'parquet']);
const about = { cluster: 'demo', title: 't', statement: 's', consistency: 'ONE', schema: null, warnings: [] };

let turn = 0;
const choose = (open: readonly number[]) => {
  console.log(String(writer.progress().rows));
  return open[turn++ % Math.max(1, open.length)];
};
const writer = new PartsWriter({
  directory,
  about,
  format: { format: kindSchema.parse(format) },
  compression: compression === 'gzip' ? 'gzip' : 'none',
  checkpointEveryMs: 1,
  open: async (resume) => new TestScan(numbered(7, 60, 500), { resume, choose }),
});
try {
  await writer.run(new AbortController().signal);
  console.log('complete');
} catch (error) {
  const { code, message } = exportFailure(error).error;
  console.log(JSON.stringify({ code, message, rows: writer.progress().rows }));
}
