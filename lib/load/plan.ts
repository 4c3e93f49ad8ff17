import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import type { LoadPreview } from '@/lib/contract/load';
import type { Principal } from '@/lib/contract/principal';
import { formatCqlType } from '@/lib/cql/type-text';
import { confirmNameOf } from '@/lib/mutations/marked-red';
import { REVIEW_MS, Reviews } from '@/lib/mutations/reviewed';
import { type ChangedTable, changedTable, checkWritable } from '@/lib/mutations/table';
import type { PersonRights } from '@/lib/rights/rules';
import { type DecidedLoad, decideLoad, type LoadGiven } from './decide';
import { firstOfFile } from './first-input';
import type { InputFile, LoadInput, LoadJobRequest } from './job-request';
import { loadNotes } from './notes';
import { shownRecords } from './shown-records';

/** What was reviewed, as the job runs it. */
interface PlannedLoad {
  readonly cluster: string;
  readonly confirmName: string | null;
  readonly request: LoadJobRequest;
}

export const loadReviews = new Reviews<PlannedLoad>('ringside.reviewed-loads');

/** A file to load, as the way in found it. */
export interface LoadAsked extends LoadGiven {
  readonly keyspace: string;
  readonly table: string;
  readonly input: Exclude<LoadInput, { from: 'stdin' }>;
  /** The files to read now. */
  readonly files: readonly InputFile[];
}

interface Planning {
  readonly principal: Principal;
  readonly signal: AbortSignal;
  /** What columns are masked by; absent: nothing is masked. */
  readonly rights?: PersonRights | null;
}

/**
 * Finds out or guesses what is not given, and shows what the first records become. Nothing is written.
 * @throws Failure `read_only`, `not_found`, `invalid_request`; `forbidden` for a masked key column
 */
export async function previewLoad(
  cluster: Cluster,
  asked: LoadAsked,
  { principal, signal, rights = null }: Planning,
): Promise<Omit<LoadPreview, 'request'> & { readonly decided: DecidedLoad }> {
  checkWritable(cluster);
  const table = await changedTable(cluster, await cluster.client(), asked, rights);
  const [file] = asked.files;
  const decided = await decideLoad(table, asked, file && firstOfFile(file, signal), signal);
  const { source, guesses, bind, options, problem, statement, fields } = decided;
  const nowMs = Date.now();
  const confirmName = confirmNameOf(cluster, asked.table);
  const token =
    problem === null && statement !== null
      ? loadReviews.keep(
          { cluster: cluster.name, confirmName, request: requestOf(asked, table, decided, statement) },
          principal,
          nowMs,
        )
      : null;
  return {
    ...{ token, confirmName, problem, source, guesses: [...guesses], statement, decided },
    expiresAt: new Date(nowMs + REVIEW_MS).toISOString(),
    mapping: bind.mapping,
    files: asked.files.map(({ name, bytes }) => ({ name, bytes })),
    fields: [...fields],
    columns: table.shape.columns.map(({ name, type, kind }) => ({ name, type: formatCqlType(type), kind })),
    records: shownRecords(decided),
    notes: loadNotes(table, { bind, options, isLasting: true }),
  };
}

function requestOf(
  { keyspace, table: name, input }: LoadAsked,
  table: ChangedTable,
  { source, bind, options }: DecidedLoad,
  statement: string,
): LoadJobRequest {
  return { keyspace, table: name, input, source, bind, options, tableVersion: table.version, statement };
}
