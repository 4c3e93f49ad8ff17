import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { clampColumnWidth } from '@/lib/grid/columns';
import { spelledOut } from '@/lib/text/unseen';
import { cellText } from '@/lib/values/cell-text';

const FONT = "12px 'JetBrains Mono Variable', ui-monospace, monospace";
const HEADER_FONT = `600 ${FONT}`;
/** Space left and right of a cell's text, and its border. */
const PADDING_PX = 18;
/** Room for the marks beside a name. */
const MARKS_PX = 34;
/** Only the longest texts are measured: a wide script among short ones is rare. */
const MEASURED = 20;

/** The width that shows the header and all of `values` in full. */
export function fittingWidth(
  values: Iterable<JsonValue>,
  type: CqlType | undefined,
  header: { readonly name: string; readonly marks?: unknown },
): number {
  const longest: string[] = [];
  for (const value of values) {
    const text = spelledOut(cellText(value, type));
    if (longest.length >= MEASURED && text.length <= (longest.at(-1)?.length ?? 0)) continue;
    longest.push(text);
    longest.sort((a, b) => b.length - a.length);
    longest.length = Math.min(longest.length, MEASURED);
  }
  const context = document.createElement('canvas').getContext('2d');
  const widthOf = (text: string, font: string) => {
    if (context === null) return text.length * 7.3;
    context.font = font;
    return context.measureText(text).width;
  };
  const widest = Math.max(
    widthOf(spelledOut(header.name), HEADER_FONT) + (header.marks === undefined ? 0 : MARKS_PX),
    ...longest.map((text) => widthOf(text, FONT)),
  );
  return clampColumnWidth(widest + PADDING_PX);
}
