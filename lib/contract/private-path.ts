/** Begins the path of a saved statement that only its person sees. No shared path begins so: a name has no colon. */
const PRIVATE = 'private:/';

export function isPrivatePath(path: string): boolean {
  return path.startsWith(PRIVATE);
}

/** The same path among the person's own statements. */
export function privatePath(path: string): string {
  return PRIVATE + path;
}

/** The path without what says that it is private; a shared one as it is. */
export function plainPath(path: string): string {
  return isPrivatePath(path) ? path.slice(PRIVATE.length) : path;
}
