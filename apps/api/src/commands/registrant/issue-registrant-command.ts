import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import type { CommandOutcome } from '#libs/command-handling';
import { CommandAnswers } from '../command-answers.js';

/** Gives a registrant command to the bus, and turns what it came to into the answer. */
@Injectable()
export class IssueRegistrantCommand {
  constructor(
    private readonly bus: CommandBus,
    private readonly answers: CommandAnswers,
  ) {}

  /** Throws the Problem where the command was not accepted. */
  async issue(command: object, response: Response): Promise<object> {
    const outcome = await this.bus.execute<object, CommandOutcome>(command);
    return this.answers.answerTo(outcome, response);
  }
}
