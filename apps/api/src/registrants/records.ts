import { Inject, Injectable } from '@nestjs/common';
import {
  assess,
  type Assessment,
  type AssessmentView,
  explain,
  type Explanation,
  type LawEntry,
  lawBehind,
} from '#libs/assessment';
import type { EventLog } from '#libs/event-log';
import {
  type CivilDay,
  isKnownAt,
  isSynthetic,
  type KnownAt,
  readKnownAt,
  type RecordedEvent,
  REGISTRY_DAYS_STREAM,
  registrantStream,
  SYNTHETIC_NOTE,
} from '#libs/kernel';
import { factsOf, type Presence, type RegistryDayBegan } from '#libs/registry';
import { notFound } from '#libs/web';
import { PolicyWorlds } from '../policy-worlds.js';
import { EVENT_LOG } from '../tokens.js';

/** From where one person's obligations are looked at. */
export interface ObligationsQuestion {
  readonly on: CivilDay;
  /** An instant or `position:<n>`. */
  readonly knownAt?: string;
  readonly scenario?: string;
  readonly presence: Presence;
}

export interface ObligationsAnswer {
  readonly on: CivilDay;
  readonly knownAt: string | null;
  readonly policyHash: string;
  readonly assumptions: { readonly presence: Presence; readonly notes: readonly string[] };
  readonly observedUntil: CivilDay | null;
  readonly obligations: Assessment['obligations'];
  readonly unneeded: number;
  readonly law: readonly LawEntry[];
}

/** What a question looks at: the record as it was known, and the law likewise. */
interface Looked {
  readonly events: readonly RecordedEvent[];
  readonly view: Omit<AssessmentView, 'upcoming'>;
  readonly observedUntil: CivilDay | null;
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

  /** Throws the Problem where nobody has the id, or the scenario cannot be applied. */
  async obligations(
    registrantId: string,
    question: ObligationsQuestion & { readonly upcoming: boolean },
  ): Promise<ObligationsAnswer> {
    const { scenario, upcoming } = question;
    const { events, view, observedUntil } = await this.#looked(registrantId, question);
    const worlds = await this.worlds.at(momentOf(question));
    const { enacted } = worlds;
    const policy = scenario === undefined ? enacted : worlds.world(scenario, 'scenario').policy;
    const subject = { registrantId, events };
    const judged = assess(subject, { policy, recorded: enacted }, { ...view, upcoming });
    return {
      on: view.on,
      knownAt: question.knownAt ?? null,
      policyHash: policy.hash,
      assumptions: { presence: view.presence, notes: notesOn(events) },
      observedUntil,
      obligations: judged.obligations,
      unneeded: judged.unneeded.length,
      law: lawBehind(judged.obligations, [enacted, policy]),
    };
  }

  /** Both worlds side by side; throws the Problem as above. */
  async explanation(registrantId: string, question: ObligationsQuestion): Promise<Explanation> {
    const { scenario, knownAt } = question;
    const { events, view, observedUntil } = await this.#looked(registrantId, question);
    const worlds = await this.worlds.at(momentOf(question));
    return explain(
      { registrantId, events },
      {
        enacted: worlds.enacted,
        ...(scenario !== undefined && { scenario: worlds.world(scenario, 'scenario') }),
      },
      {
        ...view,
        observedUntil,
        ...(knownAt !== undefined && { knownAtAsked: knownAt }),
        notes: notesOn(events),
      },
    );
  }

  async #looked(registrantId: string, question: ObligationsQuestion): Promise<Looked> {
    const { on, presence } = question;
    const knownAt = momentOf(question);
    const all = await this.events(registrantId);
    const events = all.filter((event) => isKnownAt(event, knownAt));
    const observedUntil =
      (await this.#lastDayBegun(knownAt)) ?? factsOf(events).at(-1)?.day ?? null;
    return { events, view: { on, presence }, observedUntil };
  }

  /** Of the registry, as it was known at the moment. */
  async #lastDayBegun(knownAt: KnownAt | undefined): Promise<CivilDay | undefined> {
    const latestFirst = { direction: 'backwards' } as const;
    for await (const event of this.log.readStream(REGISTRY_DAYS_STREAM, latestFirst)) {
      if (isKnownAt(event, knownAt)) return (event.data as RegistryDayBegan['data']).day;
    }
    return undefined;
  }
}

/** What an answer rests on besides: that the history of this person was invented. */
function notesOn(events: readonly RecordedEvent[]): readonly string[] {
  return events.some(({ metadata }) => isSynthetic(metadata)) ? [SYNTHETIC_NOTE] : [];
}

/** What the question's class has checked is a moment. */
function momentOf({ knownAt }: ObligationsQuestion): KnownAt | undefined {
  return knownAt === undefined ? undefined : readKnownAt(knownAt);
}
