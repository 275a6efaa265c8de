/** Ends the program with a line on stderr: 1 where something failed, 2 where it was used wrongly. */
export class Exit extends Error {
  constructor(
    message: string,
    readonly code: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'Exit';
  }
}

export function wrongUse(message: string): Exit {
  return new Exit(message, 2);
}
