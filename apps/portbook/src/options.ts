import { type Command, InvalidArgumentError, Option } from 'commander';
import { isCivilDay, type KnownAt, readKnownAt } from '#libs/kernel';

/** The two options of every command that goes through the running system. */
export function connectionOptions(command: Command): Command {
  return command
    .option('--url <address>', "the API's address (else PORTBOOK_URL, else <data>/run.json)")
    .option(
      '--token-file <file>',
      'a file with the token (else PORTBOOK_TOKEN, else a development token)',
    );
}

export function dayOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (isCivilDay(text)) return text;
    throw new InvalidArgumentError('It must be a day that exists, YYYY-MM-DD.');
  });
}

/** `--known-at`: a moment of knowledge, as text; in a file a position is the number of a line. */
export function knownAtOption(): Option {
  const flags = '--known-at <moment>';
  const about = 'what was known at an instant, or at position:<n> (in a file, the line number)';
  return new Option(flags, about).argParser((text) => {
    if (readKnownAt(text)) return text;
    throw new InvalidArgumentError(
      'It must be an instant, YYYY-MM-DDTHH:MM:SS.mmmZ, or position:<n>.',
    );
  });
}

/** The moment that the option named; undefined where it was not given. */
export function momentOf({ knownAt }: { readonly knownAt?: string }): KnownAt | undefined {
  return knownAt === undefined ? undefined : readKnownAt(knownAt);
}

export function positionOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (/^\d{1,16}$/.test(text)) return text;
    throw new InvalidArgumentError('It must be a position: a whole number.');
  });
}

export function countOption(flags: string, description: string, most: number): Option {
  return new Option(flags, description).argParser((text) => {
    const count = Number(text);
    if (Number.isSafeInteger(count) && count >= 1 && count <= most) return count;
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`);
  });
}

/** For options that may be given several times: `--by duty --by office`, or `--by duty,office`. */
export function listed(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((part) => part !== '')];
}
