/**
 * `npm run bench:replay -- record --contact-point HOST[:PORT] --table KEYSPACE.TABLE --directory DIRECTORY` records a table
 * from a real node; `… serve --directory DIRECTORY [--address 127.0.0.71] [--port 9042]` answers as that node would, until
 * it is stopped. Any client of protocol v4 can read from it: Ringside, DSBulk, cqlsh's COPY TO, the drivers.
 */
import { parseArgs } from 'node:util';
import { readRecording, writeRecording } from './replay/files.mjs';
import { ReplayNode } from './replay/node.mjs';
import { movedTo, record } from './replay/record.mjs';
import { ReplayTable } from './replay/table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'contact-point': { type: 'string', default: '127.0.0.1:9042' },
    table: { type: 'string', default: 'bench.mixed' },
    directory: { type: 'string' },
    address: { type: 'string', default: '127.0.0.71' },
    port: { type: 'string', default: '9042' },
  },
});
const { directory } = values;
if (directory === undefined) throw new Error('Name the recording with --directory.');
if (positionals[0] === 'record') await recordInto(directory);
else if (positionals[0] === 'serve') await serve(directory);
else throw new Error('Say record or serve.');

/** @param {string} into */
async function recordInto(into) {
  const [host = '', port = '9042'] = values['contact-point'].split(':');
  const [keyspace = '', table = ''] = values.table.split('.');
  const recording = await record({ host, port: Number(port), keyspace, table });
  writeRecording(into, recording);
  const rows = recording.tables.at(-1)?.tokens?.length ?? 0;
  process.stdout.write(`${rows.toLocaleString('en')} rows of ${values.table} recorded from ${host}\n`);
}

/** @param {string} from */
async function serve(from) {
  const { address, port } = values;
  const recording = readRecording(from);
  const tables = movedTo(recording, address, Number(port)).map((table) => new ReplayTable(table));
  const node = new ReplayNode(tables);
  await node.listen(address, Number(port));
  process.stdout.write(`answering at ${address}:${port}\n`);
  process.once('SIGTERM', () => {
    for (const refused of node.refused) process.stderr.write(`not answered: ${refused}\n`);
    node.close();
  });
}
