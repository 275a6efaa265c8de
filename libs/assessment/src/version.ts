/** Version of the rules in this room; it is kept with every decision that relied on them. */
export const RULES_VERSION = '1.0.0';
