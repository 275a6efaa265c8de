export interface BadLine {
  /** From 1. */
  readonly line: number;
  /** Why it cannot be imported; it repeats no value of the line. */
  readonly problem: string;
}

const LISTED_MAX = 100;

/** The lines that cannot be imported: how many, and the first of them. */
export class BadLines {
  readonly #first: BadLine[] = [];
  #total = 0;

  get total(): number {
    return this.#total;
  }

  /** In the order of their lines, at most 100. */
  get first(): readonly BadLine[] {
    return this.#first;
  }

  add(line: number, problem: string): void {
    this.#total += 1;
    const after = this.#first.findIndex((other) => other.line > line);
    this.#first.splice(after < 0 ? this.#first.length : after, 0, { line, problem });
    this.#first.length = Math.min(this.#first.length, LISTED_MAX);
  }
}
