import { describe, expect, it } from 'vitest';
import { withoutRoundedNumbers } from './json-numbers';
import { tableOf } from './test-tables';

const TARGET = tableOf(['id int', 'price decimal'], 1);
const column = (name: string) => ({ name, value: `\`${name}\``, faults: [] });
const mapped = (to: string, field: string) => ({ to, from: { field }, steps: [] });

describe('numbers of JSON', () => {
  it('are kept apart where Spark may have rounded a decimal, and nowhere else', () => {
    const [id, price] = withoutRoundedNumbers(
      [column('id'), column('price')],
      [mapped('id', 'id'), mapped('price', 'cost')],
      TARGET,
    );
    expect(id?.faults).toEqual([]);
    expect(price?.faults[0]?.when).toBe(
      "`cost` LIKE '%.%' AND length(regexp_replace(`cost`, '^[-0.]+|[^0-9]', '')) BETWEEN 16 AND 17",
    );
    const constant = [{ to: 'price', from: { constant: '1' }, steps: [] }];
    expect(withoutRoundedNumbers([column('price')], constant, TARGET)[0]?.faults).toEqual([]);
  });
});
