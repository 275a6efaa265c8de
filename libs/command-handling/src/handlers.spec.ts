import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule, type ICommand } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PolicyCommand, policyCommandExamples } from '#libs/policy';
import { registrantCommandExamples, registrantCommandNames } from '#libs/registry';
import type { AnyCommand, Issue } from './attempt.js';
import { CommandRunner } from './command-runner.js';
import { commandHandlers } from './handlers.js';
import { IssuePolicyCommand } from './policy-commands.js';
import { registrantCommandClasses } from './registrant-commands.js';

const ran: { readonly command: AnyCommand; readonly issue: Issue }[] = [];
const runner = {
  run: (command: AnyCommand, issue: Issue) => {
    ran.push({ command, issue });
    return Promise.resolve({ kind: 'contended' });
  },
};

@Module({
  imports: [CqrsModule.forRoot()],
  providers: [...commandHandlers, { provide: CommandRunner, useValue: runner }],
})
class CommandsModule {}

const issue: Issue = { commandId: 'c', actor: { id: 'officer-1', role: 'officer' } };

describe('the command bus', () => {
  let app: INestApplicationContext;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    app = await NestFactory.createApplicationContext(CommandsModule);
    await app.init();
  });
  afterAll(() => app.close());

  it.each(registrantCommandNames)('hands %s to the runner', async (name) => {
    const Command = registrantCommandClasses[name] as new (data: unknown, issue: Issue) => ICommand;
    const data = registrantCommandExamples[name];
    const outcome: unknown = await app.get(CommandBus).execute(new Command(data, issue));
    expect(outcome).toEqual({ kind: 'contended' });
    expect(ran.at(-1)).toMatchObject({ command: { type: name, data }, issue });
  });

  it('hands every policy command to the runner', async () => {
    const data = policyCommandExamples.EnactDuty;
    const command = { type: 'EnactDuty', data } as PolicyCommand;
    await app.get(CommandBus).execute(new IssuePolicyCommand(command, issue));
    expect(ran.at(-1)).toEqual({ command, issue });
  });
});
