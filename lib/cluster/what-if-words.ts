import type { LevelLoss, LossLevel, Standing } from '@/lib/ring/loss';
import { formatCount, formatShare, plural } from '@/lib/text/format';
import { type Kept, type KeyspaceLoss, keptReplicas } from './what-if';

/** A cell of the table in a word: what it shows, and how bad that is. */
export interface CellWord {
  readonly text: string;
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral';
  /** The same for those who cannot see the mark. */
  readonly spoken: string;
}

export function cellWord({ verdict, tallies }: LevelLoss): CellWord {
  const { works, unknown, never } = tallies;
  switch (verdict) {
    case 'works':
      return { text: '✓', tone: 'ok', spoken: 'works for the whole ring' };
    case 'unknown':
      return { text: '?', tone: 'neutral', spoken: `uncertain for ${formatShare(unknown.share)} of the ring` };
    case 'fails':
      return works.ranges + unknown.ranges === 0
        ? { text: '✗', tone: 'danger', spoken: 'fails for the whole ring' }
        : {
            text: formatShare(works.share),
            tone: 'warn',
            spoken: `works for ${formatShare(works.share)} of the ring`,
          };
    case 'never':
      return never.share === 1
        ? { text: '–', tone: 'neutral', spoken: 'can never be met with this replication and these nodes' }
        : { text: formatShare(works.share), tone: 'warn', spoken: `works for ${formatShare(works.share)} of the ring` };
    default:
      return verdict satisfies never;
  }
}

/** "LOCAL_QUORUM in east", "QUORUM". */
export function levelName({ level, datacenter }: Pick<LevelLoss, 'level' | 'datacenter'>): string {
  return datacenter === null ? level : `${level} in ${datacenter}`;
}

/** What a cell means, and what to do about it. */
export interface Meaning {
  readonly what: string;
  readonly todo: string | undefined;
}

export function meaningOf(keyspace: KeyspaceLoss, cell: LevelLoss, standings: ReadonlyMap<string, Standing>): Meaning {
  const subject = `${levelName(cell)} on ${keyspace.name}`;
  const { fails, unknown, never } = cell.tallies;
  if (cell.verdict === 'works') return { what: worksWords(subject, cell), todo: hintWords(keyspace, cell) };
  const kept = keptReplicas(keyspace, cell, standings);
  if (never.share === 1) return { what: neverWords(subject, cell, kept), todo: alternative(keyspace, cell) };
  if (fails.ranges === 0) {
    return {
      what: `${subject} is uncertain for ${formatShare(unknown.share)} of the ring: it depends on nodes whose state is unknown, which is not the same as down.`,
      todo: 'Find out about these nodes first: the Ring page shows what each source says of them.',
    };
  }
  const where = `${formatShare(fails.share)} of the ring (${plural(fails.ranges, 'range')})`;
  const also = unknown.ranges > 0 ? ` It is uncertain for another ${formatShare(unknown.share)}.` : '';
  return { what: `${subject} fails for ${where}: ${keptWords(cell, kept)}.${also}`, todo: alternative(keyspace, cell) };
}

function worksWords(subject: string, { level, needed }: LevelLoss): string {
  if (level === 'ANY') return `${subject} works for the whole ring: any living coordinator takes the write.`;
  return `${subject} works for the whole ring: every range keeps the ${plural(needed, 'replica')} that it waits for.`;
}

/** A write that only a hint holds is no row that anybody can read. */
function hintWords({ cells }: KeyspaceLoss, { level }: LevelLoss): string | undefined {
  const one = cells.find((cell) => cell.level === 'ONE');
  if (level !== 'ANY' || one === undefined || one.verdict === 'works') return undefined;
  return `Where no replica is left, the coordinator keeps only a hint: the row cannot be read until a replica is back, and is lost if that takes longer than max_hint_window (3 h unless changed).`;
}

function neverWords(subject: string, { needed, datacenter }: LevelLoss, kept: Kept | undefined): string {
  const there = datacenter === null ? '' : ` in ${datacenter}`;
  const placed = kept?.placed ?? 0;
  const has = placed === 0 ? `there are none${there}` : `there are only ${formatCount(placed)}${there}`;
  return `${subject} can never be met, whoever is up: it waits for ${plural(needed, 'replica')} and ${has}.`;
}

function keptWords({ level, needed, datacenter }: LevelLoss, kept: Kept | undefined): string {
  if (level === 'ANY') return 'no coordinator is left';
  if (kept === undefined) return 'too few replicas are left';
  const there = datacenter === null ? '' : ` in ${datacenter}`;
  if (level === 'EACH_QUORUM') return 'some datacenter keeps no quorum of its replicas';
  if (kept.most === 0)
    return `no replica is left${there}, and ${formatCount(needed)} ${needed === 1 ? 'is' : 'are'} needed`;
  const left =
    kept.fewest === kept.most ? formatCount(kept.most) : `${formatCount(kept.fewest)} to ${formatCount(kept.most)}`;
  const verb = kept.most === 1 ? 'is' : 'are';
  return `${left} of ${plural(kept.placed, 'replica')} ${verb} left${there}, and ${formatCount(needed)} are needed`;
}

/** From strong to weak, those that a client can be set to instead. */
const STRONG_FIRST: readonly LossLevel[] = ['QUORUM', 'LOCAL_QUORUM', 'TWO', 'ONE', 'LOCAL_ONE'];

function alternative(keyspace: KeyspaceLoss, cell: LevelLoss): string {
  const working = keyspace.loss.levels.filter(({ verdict }) => verdict === 'works');
  const best = STRONG_FIRST.flatMap((level) => working.filter((one) => one.level === level))[0];
  if (cell.tallies.never.share === 1) {
    return best === undefined
      ? 'Change the replication factor, or add nodes.'
      : `Use ${levelName(best)}, change the replication factor, or add nodes.`;
  }
  if (best === undefined) {
    return 'Some rows have no replica left that any level could reach. Keep one of these nodes up, take them down one after another, or add replicas first and repair.';
  }
  if (best.level === 'QUORUM') return `${levelName(best)} still works for the whole ring: use it meanwhile.`;
  const weaker =
    best.level === 'LOCAL_QUORUM' ? 'through coordinators there' : 'and accept that it may read older rows';
  return `${levelName(best)} still works for the whole ring: use it meanwhile, ${weaker}. Or take the nodes down one after another.`;
}

/** The answer to "Can I lose these?", for people's own keyspaces. */
export interface Answer {
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral';
  readonly text: string;
}

/** Names of keyspaces beyond these say less than their number. */
const MOST_NAMES = 4;

/**
 * Judged at QUORUM and at LOCAL_QUORUM from the chosen datacenter: what most clients use. ALL alone never survives a loss,
 * so it does not count here.
 */
export function answerOf(keyspaces: readonly KeyspaceLoss[], lost: number): Answer | undefined {
  const own = keyspaces.filter(({ system, cells }) => !system && cells.length > 0);
  if (own.length === 0) return undefined;
  const failing = (level: LossLevel) =>
    own.filter(({ cells }) =>
      cells.some((cell) => cell.level === level && (cell.tallies.fails.ranges > 0 || cell.tallies.never.ranges > 0)),
    );
  const without = lost === 0 ? 'As it is now' : 'Without these nodes';
  const gone = failing('ONE');
  if (gone.length > 0) {
    return {
      tone: 'danger',
      text: `No. ${without}, rows of ${named(gone)} have no replica left and can be neither read nor written: ${shares(gone, 'ONE')} of the ring.`,
    };
  }
  const broken = failing('QUORUM');
  if (broken.length > 0) {
    return {
      tone: 'warn',
      text: `Not at QUORUM. ${without}, it fails for ${named(broken)}: ${shares(broken, 'QUORUM')} of the ring. ONE still works everywhere.`,
    };
  }
  const uncertain = own.some(({ cells }) =>
    cells.some(({ level, verdict }) => level === 'QUORUM' && verdict === 'unknown'),
  );
  if (uncertain) {
    return { tone: 'neutral', text: `Not known. ${without}, QUORUM depends on nodes whose state is unknown.` };
  }
  const every = own.length === 1 ? named(own) : `all ${formatCount(own.length)} keyspaces`;
  return { tone: 'ok', text: `${lost === 0 ? 'All is well' : 'Yes'}. ${without}, QUORUM works for ${every}.` };
}

function named(keyspaces: readonly KeyspaceLoss[]): string {
  if (keyspaces.length > MOST_NAMES) return `${formatCount(keyspaces.length)} keyspaces`;
  return keyspaces.map(({ name }) => name).join(', ');
}

/** The largest share that fails for any of them. */
function shares(keyspaces: readonly KeyspaceLoss[], level: LossLevel): string {
  const lost = keyspaces.map(({ cells }) => {
    const tallies = cells.find((cell) => cell.level === level)?.tallies;
    return (tallies?.fails.share ?? 0) + (tallies?.never.share ?? 0);
  });
  const most = Math.max(0, ...lost);
  return `${keyspaces.length > 1 && lost.some((share) => share !== most) ? 'up to ' : ''}${formatShare(most)}`;
}
