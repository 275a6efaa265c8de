import { Inject, Injectable } from '@nestjs/common';
import { assess, type Assessment, type LawEntry, lawBehind } from '#libs/assessment';
import type { EventLog } from '#libs/event-log';
import {
  type CivilDay,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantStream,
} from '#libs/kernel';
import { factsOf, type RegistryDayBegan } from '#libs/registry';
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
  readonly observedUntil: CivilDay | null;
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
    const enacted = await this.worlds.recorded(knownAt);
    const policy =
      scenario === undefined
        ? enacted.policy
        : this.worlds.world(scenario, enacted.policy, 'scenario').policy;
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
    return {
      policyHash: policy.hash,
      observedUntil: await this.#observedUntil(events),
      obligations,
      unneeded: unneeded.length,
      law,
    };
  }

  /** The day of the last `RegistryDayBegan`, else that of the person's last fact. */
  async #observedUntil(events: readonly RecordedEvent[]): Promise<CivilDay | null> {
    const last = { direction: 'backwards', limit: 1 } as const;
    for await (const { data } of this.log.readStream(REGISTRY_DAYS_STREAM, last)) {
      return (data as RegistryDayBegan['data']).day;
    }
    return factsOf(events).at(-1)?.day ?? null;
  }
}
