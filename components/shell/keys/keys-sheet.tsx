'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { SHORTCUTS, type ShortcutId } from '@/components/ui/shortcuts';
import { DOES, SCOPE_TITLES } from './words';

/** Every shortcut with its keys, by where it works. */
export default function KeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose} width="lg" title="Keyboard shortcuts">
      <div className="columns-1 gap-8 sm:columns-2">
        {groups().map(([title, ids]) => (
          <section key={title} aria-label={title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 font-medium text-muted text-xs">{title}</h3>
            <dl>
              {ids.map((id) => (
                <div key={id} className="flex min-h-7 items-center gap-3 border-line border-b py-0.5">
                  <dt className="min-w-0 flex-1 text-sm">{DOES[id]}</dt>
                  <dd className="flex max-w-[50%] flex-wrap justify-end gap-1">
                    <Kbd of={id} all />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function groups(): [title: string, ids: ShortcutId[]][] {
  return Object.entries(SCOPE_TITLES).map(([scope, title]) => [
    title,
    Object.keys(SHORTCUTS)
      .filter(isShortcut)
      .filter((id) => SHORTCUTS[id].scope === scope),
  ]);
}

function isShortcut(id: string): id is ShortcutId {
  return Object.hasOwn(SHORTCUTS, id);
}
