import { Inject, Injectable } from '@nestjs/common';
import { assess, type Assessment, type LawEntry, lawBehind } from '#libs/assessment';
import type { EventLog } from '#libs/event-log';
import { type RecordedEvent, registrantStream } from '#libs/kernel';
import { type KnownAt, notFound } from '#libs/web';
import { PolicyWorlds } from '../policy-worlds.js';
import { EVENT_LOG } from '../tokens.js';

/** From where one person's obligations are looked at. */
export interface ObligationsQuestion {
  readonly on: string;
  readonly knownAt?: KnownAt;
  readonly scenario?: string;
  readonly upcoming: boolean;
}

export interface ObligationsAnswer {
  readonly policyHash: string;
  readonly obligations: Assessment['obligations'];
  readonly unneeded: number;
  readonly law: readonly LawEntry[];
}

/** One person's record, read from its stream and so never behind. */
@Injectable()
export class Records {
  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly worlds: PolicyWorlds,
  ) {}

  /** Throws the Problem 404 where nobody is registered under the id. */
  async events(registrantId: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.log.readStream(registrantStream(registrantId))) {
      events.push(event);
    }
    if (events.length === 0) throw notFound(`No registrant has the id ${registrantId}.`);
    return events;
  }

  async obligations(
    registrantId: string,
    { on, knownAt, scenario, upcoming }: ObligationsQuestion,
  ): Promise<ObligationsAnswer> {
    const all = await this.events(registrantId);
    const events =
      knownAt?.kind === 'position'
        ? all.filter(({ position }) => position <= knownAt.position)
        : all;
    const enacted = await this.worlds.known(knownAt);
    const policy =
      scenario === undefined
        ? enacted.policy
        : this.worlds.world(scenario, enacted.records, 'scenario').policy;
    const { obligations, unneeded } = assess(
      { registrantId, events },
      { policy, recorded: enacted.policy },
      {
        on,
        presence: 'until-departure',
        upcoming,
        ...(knownAt?.kind === 'instant' && { knownAt: knownAt.instant }),
      },
    );
    const law = lawBehind(obligations, [enacted.policy, policy]);
    return { policyHash: policy.hash, obligations, unneeded: unneeded.length, law };
  }
}
