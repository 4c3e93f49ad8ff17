/** Room for the key form, so that nothing moves when it comes. */
export const KEY_SPACE = <div className="min-h-9 shrink-0 border-line border-t bg-surface" />;

/** Room for the toolbar, for the same reason. */
export const TOOLBAR_SPACE = <div className="min-h-9 shrink-0 border-line border-y bg-surface" />;
