import type { SchemaElement } from 'hyparquet';

/** The least and greatest value of a column chunk of whole numbers. */
export interface Bounds {
  /** Takes in values in PLAIN encoding. */
  include(values: Uint8Array): void;
  /** Both as PLAIN bytes, undefined if there were no values; then resets. */
  take(): { readonly least: Uint8Array; readonly greatest: Uint8Array } | undefined;
}

function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setInt32(i * 4, value, true);
  return bytes;
}

class Int32Bounds implements Bounds {
  private least = Number.POSITIVE_INFINITY;
  private greatest = Number.NEGATIVE_INFINITY;

  include(values: Uint8Array): void {
    const view = new DataView(values.buffer, values.byteOffset, values.length);
    let { least, greatest } = this;
    for (let at = 0; at < values.length; at += 4) {
      const value = view.getInt32(at, true);
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    this.least = least;
    this.greatest = greatest;
  }

  take() {
    const { least, greatest } = this;
    if (least > greatest) return undefined;
    this.least = Number.POSITIVE_INFINITY;
    this.greatest = Number.NEGATIVE_INFINITY;
    return { least: words(least), greatest: words(greatest) };
  }
}

/** In two halves: a BigInt per value would cost more than everything else done with it. */
class Int64Bounds implements Bounds {
  private least: readonly [high: number, low: number] | undefined;
  private greatest: readonly [high: number, low: number] | undefined;

  include(values: Uint8Array): void {
    const view = new DataView(values.buffer, values.byteOffset, values.length);
    if (values.length === 0) return;
    let [leastHigh, leastLow] = this.least ?? [view.getInt32(4, true), view.getUint32(0, true)];
    let [greatestHigh, greatestLow] = this.greatest ?? [leastHigh, leastLow];
    for (let at = 0; at < values.length; at += 8) {
      const high = view.getInt32(at + 4, true);
      const low = view.getUint32(at, true);
      if (high < leastHigh || (high === leastHigh && low < leastLow)) {
        leastHigh = high;
        leastLow = low;
      } else if (high > greatestHigh || (high === greatestHigh && low > greatestLow)) {
        greatestHigh = high;
        greatestLow = low;
      }
    }
    this.least = [leastHigh, leastLow];
    this.greatest = [greatestHigh, greatestLow];
  }

  take() {
    const { least, greatest } = this;
    if (least === undefined || greatest === undefined) return undefined;
    this.least = undefined;
    this.greatest = undefined;
    return { least: words(least[1], least[0]), greatest: words(greatest[1], greatest[0]) };
  }
}

/** For columns by which a reader may want to skip rows: whole numbers, dates, times and timestamps. */
export function boundsOf({ type }: SchemaElement): Bounds | undefined {
  if (type === 'INT32') return new Int32Bounds();
  return type === 'INT64' ? new Int64Bounds() : undefined;
}
