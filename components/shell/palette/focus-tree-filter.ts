/** Marks the field that filters the tree. */
export const TREE_FILTER = 'data-tree-filter';

/** Focuses the tree's filter, if one is visible; false where none is. */
export function focusTreeFilter(): boolean {
  const inputs = document.querySelectorAll<HTMLInputElement>(`[${TREE_FILTER}]`);
  const shown = [...inputs].find((input) => input.offsetParent !== null);
  shown?.focus();
  shown?.select();
  return shown !== undefined;
}
