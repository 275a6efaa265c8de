export interface CampaignRun {
  readonly rounds: number;
  readonly seed: number;
  /** Tells the console how far it is. */
  readonly report: (round: number, finding: string) => void;
}

/** What takes too long for every commit. */
export interface Campaign {
  readonly about: string;
  /** Unless said otherwise. */
  readonly rounds: number;
  /** Gives what was found, in a sentence; throws at the first thing that is not as it must be. */
  readonly run: (asked: CampaignRun) => Promise<string>;
}
