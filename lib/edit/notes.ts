import type { MutationNote } from '@/lib/contract/mutations';

type Code = MutationNote['code'];

/** What a statement costs, risks or leaves open, in words. `…` stands for the column. */
const TEXTS: Readonly<Record<Code, string>> = {
  paxos:
    'Guarded: each statement takes four round trips between replicas (Paxos), and is made only while the row is as you read it. Never mix guarded and plain writes on the same cells.',
  plain:
    'Plain: the row is read and compared just before, but a change in between is overwritten. Each statement has a timestamp, by which writetime() shows whether it arrived.',
  mixed_writes:
    'The history of this table has both conditional and plain writes. On the same cells they may undo each other, because their timestamps come from different clocks.',
  guard_joined: 'Every changed value was null, and IF … = null holds for a missing row too: “…” joins the condition.',
  not_guarded:
    'The row has no other value to compare, so only its existence is guarded (IF EXISTS): a change of these cells by somebody else is overwritten.',
  masked:
    'Masked for you: “…”. These values are neither read nor guarded, so a change of them by somebody else in the meantime goes unnoticed and stays.',
  masked_deleted:
    'The deletion takes the masked values of “…” with it. Undo brings the row back without them: they were never read.',
  static: 'Static columns belong to the partition: the change shows in all its rows.',
  ttl_kept: '“…” keeps what remains of its TTL, as it was when the plan was made.',
  ttl_none: '“…” does not expire; USING TTL 0 keeps the table’s default TTL away.',
  ttl_lost: '“…” expires now, and will no longer: the options say so.',
  ttl_parts: 'The elements of “…” have different TTLs, and the whole value can have only one: it gets the longest.',
  tombstone: 'Deleting “…” leaves a tombstone, until gc_grace_seconds have passed and it is compacted.',
  whole_collection: 'Writing all of “…” leaves a range tombstone, and gives every element a new write time.',
  list_index: 'Elements of “…” are found by index: Cassandra reads the list before it writes.',
  not_idempotent: 'Adding to “…” twice adds twice: if its outcome is unknown, it is not sent again.',
  row_vanishes:
    'This empties the row. If it was written by UPDATE alone it has no row marker, and vanishes; whether it has one cannot be read.',
  counter: 'Counters take no condition, TTL or timestamp: they are only added to, and never sent again.',
  counter_deleted: 'A deleted counter stays gone: Cassandra does not count it again reliably.',
  marker:
    'The whole row is written again: write times are new, and it gets a row marker. Static columns stay with their partition.',
  two_steps:
    'The two partitions cannot change together: first the INSERT, and only if it is applied the DELETE. If that fails, the row stands twice.',
  logged_batch:
    'One logged batch: all of it is applied in the end, but others may see a part of it before. It costs a write to the batch log on two nodes.',
  range: 'One tombstone deletes everything it covers, also rows that you have not seen. It cannot be undone.',
  expired: '“…” would have expired by now, so it is deleted.',
};

export function note(code: Code, column?: string): MutationNote {
  const text = column === undefined ? TEXTS[code] : TEXTS[code].replace('“…”', `“${column}”`);
  return { code, text, ...(column === undefined ? {} : { column }) };
}

/** Each note once. */
export function distinct(notes: readonly MutationNote[]): MutationNote[] {
  return [...new Map(notes.map((one) => [`${one.code} ${one.column ?? ''}`, one])).values()];
}
