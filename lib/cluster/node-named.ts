interface Named {
  readonly hostId: string;
  /** `host:port`. */
  readonly node: string;
}

/** The node that an address of a page names: by its host id, by `host:port`, or by its host alone if no other has it. */
export function nodeNamed<Node extends Named>(nodes: readonly Node[], name: string): Node | undefined {
  const exact = nodes.find(({ hostId, node }) => hostId === name || node === name);
  if (exact !== undefined) return exact;
  const [first, second] = nodes.filter(({ node }) => hostOf(node) === name);
  return second === undefined ? first : undefined;
}

/** Without the port, and without the brackets of IPv6. */
function hostOf(node: string): string {
  return node.slice(0, node.lastIndexOf(':')).replace(/^\[(.*)\]$/, '$1');
}
