/** The ring's lowest and highest token. The lowest belongs to no partition; ranges start after it. */
export const MIN_TOKEN = -(2n ** 63n);
export const MAX_TOKEN = 2n ** 63n - 1n;
