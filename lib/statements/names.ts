import { SAVED_DEPTH, SAVED_NAME_CHARACTERS } from '@/lib/contract/limits';
import { holdsUnseen } from '@/lib/text/unseen';

/** The end of a file's name. */
export const FILE_END = '.cql';

/** A file system counts the bytes of a name, up to 255; the rest is for `.cql.tmp`. */
const NAME_BYTES = 240;

/** Names that Windows keeps for devices, whatever follows a dot: a team's git may be cloned there. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Why a path cannot name a saved statement; null when it can. A path that passes stays in the directory, whatever the file
 * system: it has no empty, hidden or relative part, no separator but `/`, and the same characters on every system.
 */
export function pathFault(path: string): string | null {
  const names = path.split('/');
  if (names.length > SAVED_DEPTH) return `it is more than ${SAVED_DEPTH} folders deep`;
  for (const name of names) {
    const fault = nameFault(name);
    if (fault !== null) return fault;
  }
  return null;
}

function nameFault(name: string): string | null {
  if (name === '') return 'a name is empty';
  if (name.length > SAVED_NAME_CHARACTERS) return `a name has more than ${SAVED_NAME_CHARACTERS} characters`;
  if (Buffer.byteLength(name) > NAME_BYTES) return `a name has more than ${NAME_BYTES} bytes`;
  if (/[\\:*?"<>|]/.test(name)) return 'a name has one of \\ : * ? " < > |';
  if (holdsUnseen(name, 'name')) return 'a name has a character that cannot be seen, or a space at its edge';
  if (name.startsWith('.')) return 'a name begins with a dot';
  if (name.endsWith('.')) return 'a name ends with a dot';
  if (name.toLowerCase().endsWith(FILE_END)) return `a name ends with ${FILE_END}, which Ringside adds itself`;
  if (DEVICE.test(name)) return 'a name is one that Windows keeps for a device';
  if (name !== name.normalize('NFC')) return 'a name has accents in two characters, which some systems join';
  return null;
}

/** Names that one file system or another takes for the same. */
export function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** `a/b/c` → `a/b`; empty at the top. */
export function folderOf(path: string): string {
  return path.split('/').slice(0, -1).join('/');
}

export function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path;
}
