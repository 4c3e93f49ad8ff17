import type { StatementKind } from '@/lib/contract/statements';
import type { Token } from './lexer';
import { readSchemaTarget } from './statement-target';
import { TokenReader } from './token-reader';

/** How statements begin. Apart from what analyses them, which most pages load late. */

export const KIND_BY_WORD: ReadonlyMap<string, StatementKind> = new Map([
  ['SELECT', 'select'],
  ['INSERT', 'insert'],
  ['UPDATE', 'update'],
  ['DELETE', 'delete'],
  ['BEGIN', 'batch'],
  ['TRUNCATE', 'truncate'],
  ['CREATE', 'create'],
  ['ADD', 'create'],
  ['ALTER', 'alter'],
  ['DROP', 'drop'],
  ['GRANT', 'grant'],
  ['REVOKE', 'revoke'],
  ['USE', 'use'],
  ['DESCRIBE', 'describe'],
  ['DESC', 'describe'],
  ['LIST', 'list'],
]);

/** Whether significant tokens begin as a statement of CQL does; with CREATE, ALTER, DROP and ADD, also what is meant. */
export function startsStatement(tokens: readonly Token[]): boolean {
  const reader = new TokenReader(tokens);
  switch (KIND_BY_WORD.get(reader.word() ?? '')) {
    case undefined:
      return false;
    case 'create':
    case 'alter':
    case 'drop':
      return readSchemaTarget(reader).target !== null;
    default:
      return true;
  }
}
