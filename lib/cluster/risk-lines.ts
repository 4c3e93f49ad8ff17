import type { Keyspace } from '@/lib/contract/schema';
import type { TopologyResponse } from '@/lib/contract/topology';
import { parseReplication } from '@/lib/ring/replication';
import { formatShare } from '@/lib/text/format';
import { type LevelRisk, levelRisks, type RiskNode, type Verdict } from './level-risk';
import { standingOf } from './node-standing';

/** What works and what fails for some keyspaces, in a sentence. */
export interface RiskLine {
  /** Keyspaces that it is true of, by name. */
  readonly keyspaces: readonly string[];
  readonly tone: 'ok' | 'warn' | 'danger' | 'neutral';
  readonly text: string;
}

/**
 * One line for all of people's own keyspaces, or one for each group of them that fares differently, the worst first.
 * Empty where there are none, or no tokens to place their rows by.
 */
export function riskLines(
  { nodes }: Pick<TopologyResponse, 'nodes'>,
  keyspaces: readonly Pick<Keyspace, 'name' | 'system' | 'virtual' | 'replication'>[],
): RiskLine[] {
  const members = nodes.map(
    (node): RiskNode => ({
      id: node.address,
      datacenter: node.datacenter,
      rack: node.rack,
      tokens: node.tokens.map(BigInt),
      standing: standingOf(node),
    }),
  );
  const cause = causeWords(members);
  const lines = new Map<string, RiskLine>();
  // Placing the ranges of a large ring takes a while, and most keyspaces are replicated alike.
  const sentences = new Map<string, Sentence | undefined>();
  for (const { name, system, virtual, replication } of keyspaces) {
    if (system || virtual) continue;
    const options = JSON.stringify(replication);
    if (!sentences.has(options)) sentences.set(options, lineOf(members, replication, cause));
    const line = sentences.get(options);
    if (line === undefined) continue;
    const before = lines.get(line.text);
    lines.set(line.text, { ...line, keyspaces: [...(before?.keyspaces ?? []), name].sort(compare) });
  }
  return [...lines.values()].sort((a, b) => WORST_FIRST.indexOf(a.tone) - WORST_FIRST.indexOf(b.tone));
}

const WORST_FIRST: readonly RiskLine['tone'][] = ['danger', 'warn', 'neutral', 'ok'];

type Sentence = Pick<RiskLine, 'tone' | 'text'>;

function lineOf(members: readonly RiskNode[], options: Keyspace['replication'], cause: string): Sentence | undefined {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') return { tone: 'neutral', text: `Not known: ${replication.reason}.` };
  const risks = levelRisks(members, replication);
  if (risks.length === 0) return undefined;
  const named = namedLevels(risks, new Set(members.map(({ datacenter }) => datacenter)).size > 1);
  const names = (verdict: Verdict) => named.filter((risk) => risk.verdict === verdict).map(levelName);
  const clauses = [
    clause(names('works'), 'works', 'work'),
    clause(names('fails'), 'fails', 'fail'),
    clause(names('unknown'), 'is uncertain', 'are uncertain'),
  ].filter((part) => part !== '');
  const isWell = named.every(({ verdict }) => verdict === 'works' || verdict === 'never');
  const why = !isWell ? cause : cause === '' ? 'all nodes are up' : 'all replicas are up';
  const never = names('never');
  const sentences = [
    ...(clauses.length > 0 ? [`${clauses.join(', ')}: ${why}`] : []),
    ...lostRows(risks),
    ...(never.length === 0 ? [] : [`${listed(never)} can never be met with this replication and these nodes`]),
  ];
  return { tone: toneOf(named), text: `${sentences.join('. ')}.` };
}

/**
 * The levels worth naming: the strongest that works says that weaker ones do, so that ONE is named only where a quorum
 * does not work. In a single datacenter the LOCAL levels and EACH_QUORUM are the plain ones.
 */
function namedLevels(risks: readonly LevelRisk[], severalDatacenters: boolean): LevelRisk[] {
  const quorumWorks = (datacenter: string | null) =>
    risks.some(
      (risk) =>
        risk.level === (datacenter === null ? 'QUORUM' : 'LOCAL_QUORUM') &&
        risk.datacenter === datacenter &&
        risk.verdict === 'works',
    );
  return risks.filter(({ level, datacenter }) => {
    if (!severalDatacenters && level !== 'ONE' && level !== 'QUORUM' && level !== 'ALL') return false;
    return (level !== 'ONE' && level !== 'LOCAL_ONE') || !quorumWorks(datacenter);
  });
}

function levelName({ level, datacenter }: LevelRisk): string {
  return datacenter === null ? level : `${level} in ${datacenter}`;
}

function clause(names: readonly string[], one: string, many: string): string {
  return names.length === 0 ? '' : `${listed(names)} ${names.length === 1 ? one : many}`;
}

/** ONE fails where no replica is up at all: those rows cannot be read by any level. */
function lostRows(risks: readonly LevelRisk[]): string[] {
  const share = risks.find(({ level }) => level === 'ONE')?.failingShare ?? 0;
  return share > 0 ? [`No replica is up for ${formatShare(share)} of the ring`] : [];
}

function toneOf(named: readonly LevelRisk[]): RiskLine['tone'] {
  const broken = named.filter(({ verdict }) => verdict === 'fails' || verdict === 'never');
  if (broken.some(({ level }) => level !== 'ALL' && level !== 'EACH_QUORUM')) return 'danger';
  if (broken.length > 0) return 'warn';
  return named.some(({ verdict }) => verdict === 'unknown') ? 'neutral' : 'ok';
}

/** More names than these say less than their number. */
const MOST_NAMES = 3;

/** Which nodes are down or unknown: whole datacenters and racks by their name, other nodes by theirs. */
function causeWords(members: readonly RiskNode[]): string {
  const words = (['down', 'unknown'] as const).flatMap((standing) => {
    const names = groupNames(members, standing);
    if (names.length === 0) return [];
    const subject =
      names.length > MOST_NAMES ? `${members.filter((one) => one.standing === standing).length} nodes` : listed(names);
    return [`${subject} ${names.length === 1 ? 'is' : 'are'} ${standing}`];
  });
  return words.join(', ');
}

function groupNames(members: readonly RiskNode[], standing: RiskNode['standing']): string[] {
  const several = new Set(members.map(({ datacenter }) => datacenter)).size > 1;
  const names = new Set<string>();
  for (const node of members) {
    if (node.standing !== standing) continue;
    const center = members.filter(({ datacenter }) => datacenter === node.datacenter);
    const rack = center.filter((one) => one.rack === node.rack);
    const isWhole = (group: readonly RiskNode[]) => group.every((one) => one.standing === standing);
    const where = several ? ` of ${node.datacenter}` : '';
    if (several && isWhole(center)) names.add(node.datacenter);
    else if (isWhole(rack)) names.add(rack.length === 1 ? `${node.rack}${where} (${node.id})` : `${node.rack}${where}`);
    else names.add(node.id);
  }
  return [...names];
}

/** "a", "a and b", "a, b and c". */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
