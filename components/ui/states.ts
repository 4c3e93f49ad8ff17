import type { ReactNode } from 'react';

/** A role, and the accessible name of an element that has it. Without a name any element of that role counts. */
type Seen = readonly [role: string, name?: string];

/** One state of a shared part. */
export interface PartState {
  readonly draw: () => ReactNode;
  /** What a person finds in it, by role and name. */
  readonly shows: readonly Seen[];
  /** It covers the page, so it can only be seen alone: dialogs and open menus. */
  readonly covers?: true;
}

/**
 * A shared part in all its states, as data: `/dev/states` draws them, the component tests hold them to what they show
 * and to axe, and `scripts/screenshots.mjs` takes their pictures. They are properties alone, so no server is needed.
 */
export interface SharedPart {
  /** Unique; stands in addresses and file names. */
  readonly name: string;
  /** Classes of the place that a state is drawn in, where it needs a size. */
  readonly place?: string;
  readonly states: Readonly<Record<string, PartState>>;
}

/** For actions in a state that do nothing. */
export function ignore(): void {}
