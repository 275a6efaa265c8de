import { type Command, InvalidArgumentError, Option } from 'commander';
import { isCivilDay, isInstant } from '#libs/kernel';

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

export function instantOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (isInstant(text)) return text;
    throw new InvalidArgumentError('It must be an instant, YYYY-MM-DDTHH:MM:SS.mmmZ.');
  });
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
