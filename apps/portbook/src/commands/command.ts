import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { isUuid } from '#libs/kernel';
import { type PolicyCommandName, policyCommandExamples, policyCommandNames } from '#libs/policy';
import {
  type RegistrantCommandName,
  registrantCommandExamples,
  registrantCommandNames,
} from '#libs/registry';
import { askApi, type ConnectionOptions, jsonOrExit } from '../api-client.js';
import { wrongUse } from '../exit.js';
import { connectionOptions } from '../options.js';
import { printJson } from '../output.js';

type CommandName = RegistrantCommandName | PolicyCommandName;

interface CommandOptions extends ConnectionOptions {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly example?: boolean;
}

/** `portbook command NAME [FILE]`: issues one command, from a file or from what is piped in. */
export function commandCommand(): Command {
  const command = new Command('command')
    .description('issue one command with the JSON body of a file (or piped in)')
    .addArgument(
      new Argument('<name>', 'the command').choices([
        ...registrantCommandNames,
        ...policyCommandNames,
      ]),
    )
    .argument('[file]', 'the body; without it, what is piped in')
    .addOption(
      new Option(
        '--key <uuid>',
        'the Idempotency-Key; the same key and body give the first answer again',
      ).argParser((text) => {
        if (isUuid(text)) return text;
        throw new InvalidArgumentError('It must be a UUID in lower case.');
      }),
    )
    .option('--dry-run', 'decide and answer, but record nothing')
    .option('--example', 'print a complete body to start from, and issue nothing');
  return connectionOptions(command).action(issue);
}

async function issue(
  name: CommandName,
  file: string | undefined,
  options: CommandOptions,
): Promise<void> {
  if (options.example) {
    await printJson(exampleOf(name));
    return;
  }
  const response = await askApi(
    {
      method: 'POST',
      path: `/api/commands/${kebab(name)}${options.dryRun ? '?dryRun=true' : ''}`,
      role: isPolicyCommand(name) ? 'policy-maker' : 'officer',
      headers: { 'idempotency-key': options.key ?? randomUUID() },
      body: await bodyText(file),
    },
    options,
  );
  await printJson(await jsonOrExit(response));
}

function exampleOf(name: CommandName): unknown {
  return isPolicyCommand(name) ? policyCommandExamples[name] : registrantCommandExamples[name];
}

function isPolicyCommand(name: CommandName): name is PolicyCommandName {
  return policyCommandNames.some((policyName) => policyName === name);
}

function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
}

async function bodyText(file: string | undefined): Promise<string> {
  const text = file === undefined ? await pipedIn() : fileText(file);
  try {
    JSON.parse(text);
  } catch {
    throw wrongUse(`${file ?? 'What was piped in'} is not JSON.`);
  }
  return text;
}

function fileText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw wrongUse(`The file ${file} cannot be read.`);
  }
}

async function pipedIn(): Promise<string> {
  if (process.stdin.isTTY) {
    throw wrongUse(
      'Name a file with the body, or pipe one in; --example prints one to start from.',
    );
  }
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
