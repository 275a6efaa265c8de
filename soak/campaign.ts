/** One round of a campaign, which tells on the console what it finds; gives back what failed, in words. */
export type Campaign = (seed: number) => readonly string[];
