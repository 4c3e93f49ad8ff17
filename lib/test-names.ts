/** Names that every plain object has without having been given them: all of `Object.prototype`, whatever the runtime adds. */
export const INHERITED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);
