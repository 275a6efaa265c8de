import type { Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RegistrantCommand } from '#libs/registry';
import type { Issue } from './attempt.js';
import { CommandRunner } from './command-runner.js';
import type { CommandOutcome } from './outcome.js';
import { IssuePolicyCommand } from './policy-commands.js';
import { registrantCommandClasses } from './registrant-commands.js';

type IssuedRegistrantCommand = RegistrantCommand & { readonly issue: Issue };

/** A handler of one registrant command: all of them do no more than hand it to the one runner. */
function handlerFor(command: Type<IssuedRegistrantCommand>): Type<ICommandHandler> {
  @CommandHandler(command)
  class RegistrantCommandHandler {
    constructor(private readonly runner: CommandRunner) {}

    execute(issued: IssuedRegistrantCommand): Promise<CommandOutcome> {
      return this.runner.run(issued, issued.issue);
    }
  }
  return RegistrantCommandHandler;
}

@CommandHandler(IssuePolicyCommand)
class IssuePolicyCommandHandler implements ICommandHandler<IssuePolicyCommand> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ command, issue }: IssuePolicyCommand): Promise<CommandOutcome> {
    return this.runner.run(command, issue);
  }
}

/** The handlers of all commands, for a module's providers. */
export const commandHandlers: readonly Type[] = [
  ...Object.values(registrantCommandClasses).map((command) =>
    handlerFor(command as Type<IssuedRegistrantCommand>),
  ),
  IssuePolicyCommandHandler,
];
