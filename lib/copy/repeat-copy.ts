import 'server-only';
import { z } from 'zod';
import { getCluster } from '@/lib/cassandra/client/registry';
import { copyRequestSchema } from '@/lib/contract/copy';
import type { Principal } from '@/lib/contract/principal';
import { formatCqlType } from '@/lib/cql/type-text';
import { Failure, invalidRequest } from '@/lib/failure';
import { askedRequest, reviewedFacts } from '@/lib/jobs/asked-request';
import type { Asked, KeptRequest, Repeating } from '@/lib/jobs/job-kind';
import { confirmNameOf } from '@/lib/mutations/marked-red';
import { type DecidedCopy, decideCopy } from './plan';
import type { CopyWork } from './request';

/** A copy that is made again and again: source and target are looked at before each run. */
export const repeatCopy: Repeating<CopyWork> = { keep, renew, writesTo };

const reviewedSchema = z.object({
  write: z.string(),
  /** Runs first where the target is not there; empty where it was. */
  create: z.array(z.string()),
  /** What each written column is, and the type of the field that it comes from. */
  columns: z.array(z.string()),
});

const NOTES = [
  'Each run reads the whole source again and writes at its own time, unless write times are kept: it replaces what others wrote since the run before.',
  'What the source has lost since the run before stays in the target.',
  'Columns that the source gets later are not copied until you edit the schedule.',
  'Rows that cannot be written are kept with their run. Such a run counts as failed when files are removed.',
];

async function keep({ cluster, request, owner }: Asked): Promise<KeptRequest> {
  const asked = lasting(request);
  const decided = await decide(cluster, asked, owner);
  const { work, notes } = decided;
  const { write, create, read } = work;
  return {
    request: { ...asked, mapping: work.mapping },
    reviewed: { write, create, columns: writtenColumns(decided) } satisfies z.output<typeof reviewedSchema>,
    statement: [...create, `${write}; -- for each row of: ${read}`].join(';\n'),
    confirmName: confirmNameOf(getCluster(writesTo({ cluster, request })), asked.target.table),
    notes: [...notes, ...NOTES],
  };
}

async function renew({ cluster, request, owner, reviewed }: Asked & Pick<KeptRequest, 'reviewed'>): Promise<CopyWork> {
  const before = reviewedFacts(reviewedSchema, reviewed);
  const decided = await decide(cluster, lasting(request), owner);
  const { work } = decided;
  const isSame = work.write === before.write && writtenColumns(decided).join() === before.columns.join();
  // A table that a run creates is there for the next one.
  const isCreated = work.create.length === 0 || work.create.join() === before.create.join();
  if (isSame && isCreated) return work;
  const { keyspace, table } = work.target;
  throw new Failure({
    code: 'schema_changed',
    message: isCreated
      ? `The source or ${keyspace}.${table} has changed since this copy was reviewed: nothing was written.`
      : `There is no table ${keyspace}.${table} any more, and what would create it was not reviewed: nothing was written.`,
    hint: 'Edit what the schedule copies, which shows its statements again.',
    retryable: false,
  });
}

function writesTo({ cluster, request }: Omit<Asked, 'owner'>): string {
  return lasting(request).target.cluster ?? cluster;
}

type Lasting = Omit<z.output<typeof copyRequestSchema>, 'again'>;

/** @throws Failure `invalid_request` for what can be copied only once */
function lasting(request: unknown): Lasting {
  const { again, ...asked } = askedRequest('copy', copyRequestSchema, request);
  if (again === undefined) return asked;
  throw invalidRequest(
    'The failed rows of a job cannot be copied again and again: they never change.',
    'Copy them once, or repeat the copy of their table.',
  );
}

function decide(cluster: string, asked: Lasting, owner: Principal): Promise<DecidedCopy> {
  const source = getCluster(cluster);
  const target = asked.target.cluster === undefined ? source : getCluster(asked.target.cluster);
  return decideCopy({ source, target }, asked, owner);
}

function writtenColumns({ work, from, target }: DecidedCopy): string[] {
  return work.mapping.map(({ to, from: origin }) => {
    const column = target.columns.find(({ name }) => name === to);
    const field = 'field' in origin ? from.fields.find(({ name }) => name === origin.field) : undefined;
    const types = [column, field].map((one) => (one === undefined ? '' : formatCqlType(one.type)));
    return `${to} ${column?.kind ?? ''} ${types.join(' from ')}`;
  });
}
