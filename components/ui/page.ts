/**
 * One content width and one left edge for every page that scrolls, as classes of its heading line and of its body. The
 * edge is that of the table page, whose rows take the whole width.
 */
export const PAGE_HEAD =
  'flex min-h-11 w-full max-w-[1600px] shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5';
export const PAGE_BODY = 'flex w-full max-w-[1600px] flex-col gap-4 px-3 pt-4 pb-4';
