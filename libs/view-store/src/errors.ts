/** The store cannot be reached, or the process that fills it has not made it yet. */
export class ViewStoreUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The views cannot be read: ${reason}`, options);
    this.name = 'ViewStoreUnavailable';
  }
}

/** A cursor that no page of the same query ended with. */
export class InvalidCursor extends Error {
  constructor() {
    super('This cursor does not belong to this list; begin again without one.');
    this.name = 'InvalidCursor';
  }
}

/** A document that cannot be kept, for what it is itself: to write it again would change nothing. */
export class InvalidDocument extends TypeError {
  constructor(problem: string) {
    super(problem);
    this.name = 'InvalidDocument';
  }
}
