import { type EventTable, shape } from '#libs/kernel';

/** The stream `imports`: when a history file began to come in, and that all of it is there. */
export type ImportEvent =
  | {
      readonly type: 'HistoryImportBegun';
      readonly data: {
        /** SHA-256 of the file, in hex. */
        readonly file: string;
        readonly events: number;
        /** The registry had no registrants yet, and takes over the file's own times. */
        readonly adopted: boolean;
      };
    }
  | { readonly type: 'HistoryImportCompleted'; readonly data: { readonly file: string } };

const file = shape.matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');

export const importEventTable: EventTable = {
  HistoryImportBegun: {
    version: 1,
    personal: [],
    check: (data) =>
      shape.object({
        file,
        events: shape.integer(0, Number.MAX_SAFE_INTEGER),
        adopted: shape.boolean,
      })(data, ''),
  },
  HistoryImportCompleted: {
    version: 1,
    personal: [],
    check: (data) => shape.object({ file })(data, ''),
  },
};
