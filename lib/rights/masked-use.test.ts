import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedUse, maskedWrite } from './masked-use';

const MASKED = new Set(['email', 'Name', 'json', 'distinct']);

describe('a masked column', () => {
  it.each([
    'SELECT * FROM shop.orders',
    'SELECT email FROM orders',
    'select id, EMAIL, "Name" from orders where id = 1 limit 3',
    'SELECT "email", count(*) FROM orders',
    'SELECT email /* AS x */ FROM orders -- email',
    'SELECT name FROM orders',
    'SELECT id FROM email',
    'SELECT id FROM email.orders',
    "SELECT id FROM orders WHERE city = 'email'",
    'SELECT id FROM orders WHERE city = $$ email $$',
    'SELECT DISTINCT id FROM orders',
    'SELECT json, distinct FROM orders',
    'SELECT distinct FROM orders',
    'SELECT a, count(*) FROM orders GROUP BY a ORDER BY c DESC ALLOW FILTERING',
  ])('is only shown in %s', (statement) => expect(maskedUse(statement, MASKED)).toBeNull());

  it.each([
    ['SELECT email AS mail FROM orders', 'email'],
    ['SELECT email AS email FROM orders', 'email'],
    ['SELECT city AS email FROM orders', 'email'],
    ['SELECT id, "Name" AS n FROM orders', 'Name'],
    ['SELECT max(email) FROM orders', 'email'],
    ['SELECT count(EMAIL) FROM orders', 'email'],
    ['SELECT CAST(email AS blob) FROM orders', 'email'],
    ['SELECT (text) email FROM orders', 'email'],
    ['SELECT toJson(email) FROM orders', 'email'],
    ['SELECT writetime(email), ttl(id) FROM orders', 'email'],
    ['SELECT email[1] FROM orders', 'email'],
    ["SELECT email['a'..'b'] FROM orders", 'email'],
    ['SELECT email.host FROM orders', 'email'],
    ['SELECT id + email FROM orders', 'email'],
    ['SELECT [email] FROM orders', 'email'],
    ['SELECT f(g(id, "email")) FROM orders', 'email'],
    ['SELECT JSON * FROM orders', 'JSON'],
    ['select json id from orders', 'JSON'],
    ['SELECT JSON DISTINCT id FROM orders', 'JSON'],
    ['SELECT DISTINCT email FROM orders', 'email'],
    ['SELECT DISTINCT id, email FROM orders', 'email'],
    ["SELECT id FROM orders WHERE email = 'a' ALLOW FILTERING", 'email'],
    ['SELECT id FROM orders WHERE id = 1 AND "email" > \'a\' ALLOW FILTERING', 'email'],
    ['SELECT id FROM orders WHERE (id, email) > (1, 2)', 'email'],
    ['SELECT id FROM orders WHERE email/**/IN (1)', 'email'],
    ['SELECT id FROM orders WHERE tags CONTAINS email', 'email'],
    ['SELECT email FROM orders ORDER BY email', 'email'],
    ['SELECT email FROM orders ORDER BY email ANN OF [1, 2] LIMIT 1', 'email'],
    ['SELECT email FROM orders GROUP BY email', 'email'],
    ["SELECT id FROM orders WHERE expr(by_email, 'a*')", 'expr'],
    ["SELECT id FROM orders WHERE solr_query = 'email:a*'", 'solr_query'],
    ["UPDATE orders SET email = 'a' WHERE id = 1", 'email'],
    ['SELECT (email FROM orders', 'email'],
    ['SELECT email) FROM orders', 'email'],
  ])('is used in another way in %s', (statement, used) => expect(maskedUse(statement, MASKED)).toBe(used));

  it('is never in an expression or after FROM', () => {
    const masked = fc.constantFrom('email', 'EMAIL', '"email"', '"Name"');
    const around = fc.constantFrom('max(%)', '% AS x', 'id AS %', 'CAST(% AS text)', '%.a', '%[0]', '(%)', 'f(id, %)');
    const after = fc.constantFrom('WHERE % = 1', 'ORDER BY %', 'GROUP BY id, %', 'WHERE id = 1 AND % IN (1)');
    const plain = fc.array(fc.constantFrom('id', 'city', '*', 'count(*)', 'email'), { maxLength: 3 });
    const isRefused = (selectors: readonly string[], rest: string) =>
      maskedUse(`SELECT ${selectors.join(', ')} FROM shop.orders ${rest}`, MASKED) !== null;
    fc.assert(
      fc.property(plain, plain, masked, around, (before, behind, name, shape) => {
        expect(isRefused([...before, shape.replace('%', name), ...behind], '')).toBe(true);
      }),
    );
    fc.assert(
      fc.property(plain, masked, after, (selectors, name, shape) => {
        expect(isRefused(['id', ...selectors], shape.replace('%', name))).toBe(true);
        expect(isRefused(['id', ...selectors], shape.replace('%', 'city'))).toBe(false);
      }),
    );
  });
});

describe('a statement that writes', () => {
  it.each([
    ["INSERT INTO orders (id, city) VALUES (1, 'email') USING TTL 5", null],
    ['UPDATE orders SET city = $$ email IF $$ WHERE id = 1 -- email', null],
    ['DELETE FROM orders WHERE id = 1', 'DELETE FROM'],
    [
      'BEGIN BATCH DELETE city FROM orders WHERE id = 1; delete/**/from orders WHERE id = 2; APPLY BATCH',
      'DELETE FROM',
    ],
    ['DELETE city FROM orders WHERE id = 1', null],
    ['INSERT INTO orders (id, EMAIL) VALUES (1, ?)', 'email'],
    ['UPDATE orders SET city = email WHERE id = 1', 'email'],
    ['UPDATE orders SET "Name" = \'x\' WHERE id = 1', 'Name'],
    ["UPDATE orders SET name = 'x' WHERE id = 1", null],
    ["UPDATE orders SET email['a'] = 'x' WHERE id = 1", 'email'],
    ['DELETE email FROM orders WHERE id = 1', 'email'],
    ["UPDATE orders SET city = 'x' WHERE id = 1 AND email = 'y'", 'email'],
    ["UPDATE orders SET city = 'x' WHERE id = 1 IF city = 'y'", 'IF'],
    ['delete from orders where id = 1 if exists', 'IF'],
    ["INSERT INTO orders JSON '{}'", 'json'],
    ["INSERT INTO orders\n/**/Json/**/'{}'", 'json'],
  ])('uses masked columns: %s', (statement, used) => expect(maskedWrite(statement, MASKED)).toBe(used));

  it('uses JSON where no column is called so', () => {
    expect(maskedWrite("INSERT INTO orders JSON '{}'", new Set(['email']))).toBe('JSON');
  });
});
