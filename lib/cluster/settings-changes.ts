import type { ChangedField } from '@/lib/contract/events';
import { hasNewName } from '@/lib/health/settings';

/** The settings of each node that answered, by its address. Null: not set. A secret is a mark of its value. */
export type SeenSettings = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

type Entry = readonly [name: string, value: string | null];

/** {@link SeenSettings} without saying again for each node what most have in common. */
export interface PackedSettings {
  readonly common: readonly Entry[];
  readonly nodes: readonly {
    readonly node: string;
    /** Where it differs from the others. */
    readonly own: readonly Entry[];
  }[];
}

/** A change that one or more nodes made alike. */
export interface SettingsChange {
  readonly nodes: readonly string[];
  readonly fields: readonly ChangedField[];
}

const MARK = 'hidden ';

/** A secret as it is kept: `mark` differs where the value does, and does not say what it is. */
export function markedSecret(mark: string): string {
  return `${MARK}${mark}`;
}

/** What changed on the nodes that answered both times. A setting under its old name is left out where it has a new one. */
export function settingsChanges(before: SeenSettings, after: SeenSettings): SettingsChange[] {
  const changes = new Map<string, { nodes: string[]; fields: readonly ChangedField[] }>();
  for (const [node, now] of after) {
    const then = before.get(node);
    if (then === undefined) continue;
    const fields = changedFields(then, now);
    if (fields.length === 0) continue;
    const key = JSON.stringify(fields);
    const same = changes.get(key) ?? { nodes: [], fields };
    same.nodes.push(node);
    changes.set(key, same);
  }
  return [...changes.values()];
}

function changedFields(
  then: ReadonlyMap<string, string | null>,
  now: ReadonlyMap<string, string | null>,
): ChangedField[] {
  const names = new Set([...then.keys(), ...now.keys()]);
  return [...names].sort().flatMap((field): ChangedField[] => {
    const [before, after] = [then.get(field) ?? null, now.get(field) ?? null];
    if (before === after || hasNewName(field, names)) return [];
    return [{ field, before: shownValue(before, 'hidden'), after: shownValue(after, 'hidden, another value') }];
  });
}

function shownValue(value: string | null, hidden: string): string | null {
  return value?.startsWith(MARK) === true ? hidden : value;
}

/** `next` with what is held of nodes that did not answer now. @param known the nodes of the ring */
export function heldSettings(held: SeenSettings, next: SeenSettings, known: readonly string[]): SeenSettings {
  return new Map([...held, ...next].filter(([node]) => known.includes(node)));
}

export function packSettings(seen: SeenSettings): PackedSettings {
  const [first = new Map<string, string | null>()] = seen.values();
  const all = [...seen.values()];
  const common = [...first].filter(([name, value]) => all.every((one) => one.has(name) && one.get(name) === value));
  const names = new Set(common.map(([name]) => name));
  return {
    common,
    nodes: [...seen].map(([node, values]) => ({ node, own: [...values].filter(([name]) => !names.has(name)) })),
  };
}

export function unpackSettings({ common, nodes }: PackedSettings): SeenSettings {
  return new Map(nodes.map(({ node, own }) => [node, new Map([...common, ...own])]));
}
