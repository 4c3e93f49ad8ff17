/** The page of changes that wait for a second person; not in the navigation, because most clusters want none. */
export function approvalsPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/approvals`;
}
