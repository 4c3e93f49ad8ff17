/** Names that every plain object inherits: all of `Object.prototype`, plus whatever the runtime adds. */
export const INHERITED_NAMES: readonly string[] = Object.getOwnPropertyNames(Object.prototype);
