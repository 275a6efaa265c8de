import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { assess, lawBehind } from '#libs/assessment';
import type { Accepted, CommandOutcome } from '#libs/command-handling';
import { registrantIdOf } from '#libs/kernel';
import { etagOf, Problem, refused, unavailable, writePosition } from '#libs/web';
import { RegistryDay } from '../registry-day.js';

/** Turns what a command came to into the answer of HTTP. */
@Injectable()
export class CommandAnswers {
  constructor(private readonly day: RegistryDay) {}

  /** Throws the Problem where the command was not accepted. */
  answerTo(outcome: CommandOutcome, response: Response): object {
    const accepted = acceptedOrThrow(outcome);
    response.status(accepted.isRepeated || accepted.isDryRun ? 200 : 201);
    response.setHeader('ETag', etagOf(accepted.revision));
    const registrantId = registrantIdOf(accepted.stream);
    if (registrantId === undefined) {
      response.setHeader('Location', '/api/policy/timeline');
      return { ref: refOf(accepted), ...whatHappened(accepted), obligations: [], law: [] };
    }
    response.setHeader('Location', `/api/registrants/${registrantId}`);
    const { obligations } = assess(
      { registrantId, events: accepted.record },
      { policy: accepted.policy },
      { on: this.day.registryDay(), presence: 'until-departure', upcoming: true },
    );
    const law = lawBehind(obligations, [accepted.policy]);
    return { registrantId, ...whatHappened(accepted), obligations, law };
  }
}

function whatHappened({ revision, position, events, warnings }: Accepted): object {
  return {
    revision,
    ...(position !== undefined && { position: writePosition(position) }),
    events,
    warnings,
  };
}

/** The `ref` of a policy command's event. */
function refOf({ record, revision }: Accepted): unknown {
  const event = record.find((candidate) => candidate.revision === revision);
  return (event?.data as { readonly ref?: string } | undefined)?.ref;
}

function acceptedOrThrow(outcome: CommandOutcome): Accepted {
  switch (outcome.kind) {
    case 'accepted':
      return outcome;
    case 'refused':
      throw refused(outcome.refusal);
    case 'precondition-failed':
      throw new Problem({
        status: 412,
        code: 'PreconditionFailed',
        detail:
          outcome.revision === undefined
            ? 'The record has another revision than If-Match says: read it again, then decide.'
            : `The record stands at revision ${outcome.revision}: read it again, then decide.`,
      });
    case 'contended':
      throw unavailable(
        'Contended',
        'Others kept writing to this record: send the command again with the same key.',
        1,
      );
  }
}
