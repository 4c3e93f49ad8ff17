import { lackOf, lackText } from './needs';
import { type Order, orderMasks, orderNeeds } from './order-needs';
import type { PersonRights } from './rules';

/**
 * Why a job may not go on for a person, nor its files be taken, in a sentence; null: no right is missing. Masks and views
 * need the schema, and are left to the moment when it does.
 * @param rights null: everything
 */
export function withheldFrom(rights: PersonRights | null, order: Order): string | null {
  if (rights === null) return null;
  const all = orderNeeds(order);
  if ('unclear' in all) return all.unclear;
  const masks = orderMasks(order.kind);
  const lack = lackOf(rights, all.needs, { masks, maskedIn: () => new Set() });
  return lack === null ? null : lackText(lack).message;
}
