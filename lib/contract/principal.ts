/** Who asks: what cursors are bound to, and whom exports and jobs belong to. */
export interface Principal {
  /** Stable and unique, for files and MACs; never shown. */
  readonly id: string;
}

/** Until people sign in, everybody is the same principal. */
export const ANONYMOUS: Principal = { id: 'anonymous' };
