/** What a person is about to do with roles. */
export type Act =
  | { readonly kind: 'create' }
  | { readonly kind: 'alter' | 'grantRole' | 'grantPermission'; readonly role: string }
  | Review;

/** Statements that wait for their review, exactly as they will be sent. */
export interface Review {
  readonly kind: 'review';
  readonly statements: readonly string[];
  /** What a person may not expect of them. */
  readonly warnings: readonly string[];
}

export const review = (statements: readonly string[], warnings: readonly string[] = []): Review => ({
  kind: 'review',
  statements,
  warnings,
});

export type OnAct = (act: Act | null) => void;
