/** The audit's page: for admins, and not in the navigation, because most Ringsides keep none. No page loads it at once. */
export function auditPath(cluster: string): string {
  return `/${encodeURIComponent(cluster)}/audit`;
}
