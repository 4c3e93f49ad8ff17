/** The longest that a finding can be muted for. Apart from the schemas, which pages load later. */
export const MOST_MUTE_DAYS = 365;
