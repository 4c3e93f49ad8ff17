import { expect, it } from 'vitest';
import { newStep } from './new-step';

it('begins with what is likely for the type', () => {
  expect(newStep('date_format', 'date')).toEqual({ do: 'date_format', format: 'dd.MM.yyyy' });
  expect(newStep('number_format', 'double')).toEqual({ do: 'number_format', decimal: ',', group: '.' });
  expect(newStep('cast', 'int')).toEqual({ do: 'cast', to: 'int' });
});
