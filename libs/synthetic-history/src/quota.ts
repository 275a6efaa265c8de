import type { Random } from './random.js';

/**
 * Chooses exactly so many of the candidates that come one by one, each as likely as the others; all of
 * them where more are wanted than come. After the last one nobody is chosen.
 */
export class Quota {
  constructor(
    private wanted: number,
    private candidates: number,
  ) {}

  takes(random: Random): boolean {
    if (this.candidates <= 0) return false;
    const isTaken = random.chance(this.wanted / this.candidates);
    this.candidates -= 1;
    if (isTaken) this.wanted -= 1;
    return isTaken;
  }
}
