/**
 * One rule of widths for every page that scrolls, as classes. A page, its panels and its tables take the whole width, as
 * the rows of a table do, and share one left edge. Text is only as wide as it is easy to read, and a form as it is filled.
 */
export const PAGE_HEAD = 'flex min-h-11 w-full shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5';
export const PAGE_BODY = 'flex w-full flex-col gap-4 px-3 pt-4 pb-4';

/** Panels one below the other; side by side where each gets the width of a whole page on a laptop. */
export const PAGE_PANELS = 'grid grid-cols-1 items-start gap-4 min-[1900px]:grid-cols-2';

/** A paragraph. */
export const TEXT_WIDTH = 'max-w-[80ch]';
