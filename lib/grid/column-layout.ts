/**
 * Which columns a grid shows, in what order, how wide and which of them stay in view: what a person has changed, laid
 * over the columns as they come. Columns are known by their keys, so that a layout outlives a change of the table.
 */

/** A column as it is unless somebody changed it. */
export interface LayoutColumn {
  readonly key: string;
  readonly widthPx: number;
  readonly pinned: boolean;
}

/** Only what differs from the columns as they come. */
export interface ColumnLayout {
  /** Keys in the order that was chosen; a column that is not named stands after the one that it follows in the table. */
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly pinned: ReadonlyMap<string, boolean>;
  readonly widths: ReadonlyMap<string, number>;
}

/** A column that is shown; `source` is its place among the columns as they come. */
export interface ArrangedColumn extends LayoutColumn {
  readonly source: number;
}

export type LayoutAction =
  | { readonly type: 'resize'; readonly key: string; readonly widthPx: number }
  /** `to`: the place among the shown columns where it shall stand. */
  | { readonly type: 'move'; readonly key: string; readonly to: number }
  | { readonly type: 'pin'; readonly key: string; readonly pinned: boolean }
  | { readonly type: 'hide'; readonly key: string }
  | { readonly type: 'show'; readonly key: string }
  | { readonly type: 'show_all' }
  | { readonly type: 'reset' };

export const PLAIN_LAYOUT: ColumnLayout = { order: [], hidden: [], pinned: new Map(), widths: new Map() };

/** True when nothing differs from the columns as they come. */
export function isPlain({ order, hidden, pinned, widths }: ColumnLayout): boolean {
  return order.length + hidden.length + pinned.size + widths.size === 0;
}

/** The shown columns in their order, those that stay in view first. Never empty where there are columns. */
export function arrange(columns: readonly LayoutColumn[], layout: ColumnLayout): readonly ArrangedColumn[] {
  const hidden = new Set(layout.hidden);
  const all = ordered(columns, layout).map(
    ({ source, column }): ArrangedColumn => ({
      key: column.key,
      source,
      widthPx: layout.widths.get(column.key) ?? column.widthPx,
      pinned: layout.pinned.get(column.key) ?? column.pinned,
    }),
  );
  const visible = all.filter(({ key }) => !hidden.has(key));
  const shown = visible.length === 0 ? all : visible;
  return [...shown.filter(({ pinned }) => pinned), ...shown.filter(({ pinned }) => !pinned)];
}

interface Placed {
  readonly source: number;
  readonly column: LayoutColumn;
}

function ordered(columns: readonly LayoutColumn[], { order }: ColumnLayout): Placed[] {
  const placed = columns.map((column, source): Placed => ({ source, column }));
  if (order.length === 0) return placed;
  const byKey = new Map(placed.map((one) => [one.column.key, one]));
  const result = order.flatMap((key) => byKey.get(key) ?? []);
  const named = new Set(order);
  for (const [index, one] of placed.entries()) {
    if (named.has(one.column.key)) continue;
    const before = placed[index - 1];
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, one);
  }
  return result;
}

/** `layout` after a person's `action` on these columns. */
export function changeLayout(
  layout: ColumnLayout,
  action: LayoutAction,
  columns: readonly LayoutColumn[],
): ColumnLayout {
  switch (action.type) {
    case 'resize':
      return { ...layout, widths: new Map(layout.widths).set(action.key, Math.round(action.widthPx)) };
    case 'move':
      return move(layout, action.key, action.to, columns);
    case 'pin':
      return { ...layout, pinned: new Map(layout.pinned).set(action.key, action.pinned) };
    case 'hide': {
      const shown = arrange(columns, layout);
      // Without any column there would be no header left to bring them back from.
      if (shown.length <= 1 || layout.hidden.includes(action.key)) return layout;
      return { ...layout, hidden: [...layout.hidden, action.key] };
    }
    case 'show':
      return { ...layout, hidden: layout.hidden.filter((key) => key !== action.key) };
    case 'show_all':
      return { ...layout, hidden: [] };
    case 'reset':
      return PLAIN_LAYOUT;
    default:
      return action satisfies never;
  }
}

/** A column moves among those that are pinned like itself. */
function move(layout: ColumnLayout, key: string, to: number, columns: readonly LayoutColumn[]): ColumnLayout {
  const shown = arrange(columns, layout);
  const from = shown.findIndex((column) => column.key === key);
  const moved = shown[from];
  if (moved === undefined) return layout;
  const group = shown.flatMap(({ pinned }, index) => (pinned === moved.pinned ? [index] : []));
  const target = Math.min(Math.max(to, group[0] ?? 0), group.at(-1) ?? 0);
  const neighbour = shown[target];
  if (neighbour === undefined || target === from) return layout;
  const order = ordered(columns, layout).map(({ column }) => column.key);
  order.splice(order.indexOf(key), 1);
  order.splice(order.indexOf(neighbour.key) + (target > from ? 1 : 0), 0, key);
  return { ...layout, order };
}

/** How many of the pinned columns can stay in view without filling it; the others scroll like all. */
export function stuckColumns(columns: readonly LayoutColumn[], viewPx: number): number {
  const room = viewPx * MOST_PINNED_SHARE;
  let taken = 0;
  let count = 0;
  for (const { pinned, widthPx } of columns) {
    taken += widthPx;
    if (!pinned || taken > room) break;
    count += 1;
  }
  return count;
}

/** More than this of the view's width pinned would leave too little to scroll. */
const MOST_PINNED_SHARE = 0.6;
