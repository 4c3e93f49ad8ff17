/** With all of these addresses picked, or with none of them if all were. */
export function toggled(picked: ReadonlySet<string>, addresses: readonly string[]): ReadonlySet<string> {
  const next = new Set(picked);
  const isOn = addresses.every((address) => picked.has(address));
  for (const address of addresses) {
    if (isOn) next.delete(address);
    else next.add(address);
  }
  return next;
}
