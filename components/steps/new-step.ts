import type { Step } from '@/lib/contract/transforms';

/** A step as it is when it is added: it does nothing harmful until it is filled in. @param type of the column, as CQL */
export function newStep(what: Step['do'], type: string): Step {
  switch (what) {
    case 'trim':
      return { do: 'trim' };
    case 'null_if':
      return { do: 'null_if', text: '' };
    case 'split':
      return { do: 'split', by: ',' };
    case 'cast':
      return { do: 'cast', to: type };
    case 'date_format':
      return {
        do: 'date_format',
        format: type === 'time' ? 'HH:mm:ss' : type === 'date' ? 'dd.MM.yyyy' : 'dd.MM.yyyy HH:mm:ss',
      };
    case 'number_format':
      return { do: 'number_format', decimal: ',', group: '.' };
    default:
      return what satisfies never;
  }
}
