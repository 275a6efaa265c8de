import type { ImportOutcome } from '#libs/command-handling';
import { Problem } from '#libs/web';

/** What an import came to; throws the Problem where it came to nothing, or not to its end. */
export function importResult(outcome: ImportOutcome): object {
  switch (outcome.kind) {
    case 'invalid':
      throw invalid(outcome);
    case 'conflict':
      throw conflict(outcome);
    case 'imported': {
      const { file, adopted, appended, alreadyThere, passedOver, bad, closed, position } = outcome;
      return {
        ...{ file, adopted, appended, alreadyThere, passedOver },
        skipped: bad.total,
        skippedLines: bad.first,
        unopened: closed,
        ...(position !== undefined && { position: String(position) }),
      };
    }
  }
}

function invalid({ bad }: Extract<ImportOutcome, { kind: 'invalid' }>): Problem {
  const [first] = bad.first;
  const lines = bad.total === 1 ? 'One line is' : `${bad.total} lines are`;
  return new Problem({
    status: 422,
    code: 'HistoryInvalid',
    detail:
      `${lines} bad, and nothing was appended. The first is line ${first?.line ?? 0}: ` +
      `${first?.problem ?? ''} Mend the file, or leave such lines out with skipInvalid.`,
    errors: bad.first.map(({ line, problem }) => ({ field: `line ${line}`, problem })),
  });
}

function conflict({
  conflict: { line, stream, isClosed },
  appended,
}: Extract<ImportOutcome, { kind: 'conflict' }>): Problem {
  const what = isClosed
    ? `the personal content of the stream ${stream} cannot be opened here, since its key is not here, ` +
      'so that nothing in clear can be added to it.'
    : `the stream ${stream} has another event at its place here: the file is not a continuation of ` +
      'what this registry has recorded of it.';
  const done =
    appended === 0 ? 'Nothing was appended.' : `${appended} events were appended before.`;
  return new Problem({
    status: 409,
    code: 'HistoryConflict',
    detail: `Line ${line}: ${what} ${done}`,
    field: `line ${line}`,
  });
}
