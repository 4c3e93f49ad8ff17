/** The toolbar's room, so that nothing moves when it comes. */
export const TOOLBAR_SPACE = <div className="min-h-9 shrink-0 border-line border-y bg-surface" />;
