import { formatDecimal } from '@/lib/wire/format';
import { parseDecimal } from '@/lib/wire/parse';

/** Further apart, aligning two numbers would write out that many zeros. */
const MOST_SCALE = 1_000;

/** A sum of numbers, exact as long as each of them is whole or a decimal fraction of a usual size. */
export class ExactSum {
  private unscaled = 0n;
  private scale = 0;
  private rounded = 0;
  private isExact = true;

  /** @param text a number's text; @param isFloat it stands for a binary fraction, whose decimal text is not exact */
  add(text: string, isFloat: boolean): void {
    this.rounded += Number(text);
    const number = isFloat || !this.isExact ? undefined : parseDecimal(text);
    const own = Number(number?.scale ?? Number.NaN);
    if (number === undefined || !(Math.abs(own) <= MOST_SCALE)) {
      this.isExact = false;
      return;
    }
    const scale = Math.max(own, this.scale);
    this.unscaled = this.unscaled * power(scale - this.scale) + number.unscaled * power(scale - own);
    this.scale = scale;
  }

  /** The sum, with ≈ where it is rounded. */
  get text(): string {
    return this.isExact ? formatDecimal(this.unscaled, this.scale) : `≈ ${this.rounded}`;
  }

  /** What is drawn for it. */
  get drawn(): number {
    return this.isExact ? Number(this.text) : this.rounded;
  }
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
