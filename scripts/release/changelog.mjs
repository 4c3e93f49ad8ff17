/** The heading of what is not released yet; always the first. */
const UNRELEASED = 'Unreleased';
const RELEASED = /^(\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)$/;

/**
 * The releases that a changelog names, the newest first.
 * @param {string} text of CHANGELOG.md
 * @returns {{ version: string, date: string, changes: string }[]} `changes`: what stands under its heading
 * @throws {Error} where a heading is neither `Unreleased`, first and once, nor `1.2.3 (2026-11-28)`
 */
export function releasesOf(text) {
  const [, ...sections] = text.split(/^## /m);
  const parts = sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return { heading: heading.trim(), changes: lines.join('\n').trim() };
  });
  if (parts[0]?.heading !== UNRELEASED) throw new Error(`CHANGELOG.md must begin with "## ${UNRELEASED}".`);
  return parts.slice(1).map(({ heading, changes }) => {
    const [, version, date] = RELEASED.exec(heading) ?? [];
    if (version === undefined || date === undefined) {
      throw new Error(`CHANGELOG.md: "## ${heading}" is no release such as "## 1.2.3 (2026-11-28)".`);
    }
    return { version, date, changes };
  });
}
