import type { SchemaAgreement } from '@/lib/contract/frames';
import { runEndOf } from '@/lib/contract/run-ends';
import { formatElapsed, plural } from '@/lib/text/format';
import { END_WORDS } from './outcome-words';
import type { StepEnd } from './run';
import { timeWords } from './run-time';

/** What a statement came to, for the head of its result: `268 rows · 14 ms`. */
export function runFacts(end: StepEnd): string {
  const { outcome, rows, pages, elapsedMs } = end;
  const elapsed = formatElapsed(elapsedMs);
  const how = runEndOf(end);
  if (how === 'applied' || how === 'not_applied') return `${END_WORDS[how].word} · ${elapsed}`;
  if (outcome === 'failed' && rows === 0) return `${END_WORDS[how].word} after ${elapsed}`;
  if (outcome === 'done' || outcome === 'schema_change') return elapsed;
  const soFar = outcome === 'complete' ? '' : ' so far';
  const paged = pages > 1 ? [plural(pages, 'page')] : [];
  return [`${plural(rows, 'row')}${soFar}`, ...paged, timeWords(end)].join(' · ');
}

/** While a schema change waits for the nodes. */
export function awaitingWords({ agreed, nodes }: SchemaAgreement): string {
  return `Waiting for schema agreement: ${agreed} of ${plural(nodes, 'node')}`;
}

/** What is known of the nodes once a schema change is over; the first words are `Ran.` only where something is open. */
export function agreementWords({ agreed, nodes, silent, differing }: SchemaAgreement): string {
  if (agreed === nodes) return nodes === 1 ? 'The node has the new schema.' : `All ${nodes} nodes have the new schema.`;
  const they = silent.length === 1 ? 'it has' : 'they have';
  const unknown =
    silent.length === 0 ? [] : [`${list(silent)} did not answer, so whether ${they} the new schema is not known.`];
  const other =
    differing.length === 0
      ? []
      : [
          `${list(differing)} still ${differing.length === 1 ? 'has' : 'have'} another schema; check the Ring page later.`,
        ];
  return ['Ran.', ...unknown, ...other].join(' ');
}

/** Addresses without the port, which is the same for all. */
function list(addresses: readonly string[]): string {
  const names = addresses.map((address) => address.replace(/:\d+$/, ''));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
