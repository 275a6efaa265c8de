import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as othersTurn } from 'node:timers/promises';
import { RULES_VERSION } from '#libs/assessment';
import type { EventLog } from '#libs/event-log';
import { readKnownAt } from '#libs/kernel';
import {
  defaultMeasures,
  HistoryGathering,
  type ReplayAnswer,
  type ReplaySource,
  runReplay,
} from '#libs/replay';
import { eventTables } from '#libs/command-handling';
import { PolicyWorlds } from '../policy-worlds.js';
import { EVENT_LOG } from '../tokens.js';
import { VERSION } from '../version.js';
import type { ReplayDto } from './replays.dto.js';

/** How many answers are kept at their addresses; the oldest goes first, and can be asked for again. */
const ANSWERS_MAX = 100;

/** Replays the whole log under other policies, with the reference assessment. */
@Injectable()
export class Replays {
  readonly #answers = new Map<string, ReplayAnswer>();

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly worlds: PolicyWorlds,
  ) {}

  find(id: string): ReplayAnswer | undefined {
    return this.#answers.get(id);
  }

  /** Throws the Problem where a scenario cannot be applied. */
  async run(asked: ReplayDto): Promise<ReplayAnswer> {
    const knownAt = asked.knownAt === undefined ? undefined : readKnownAt(asked.knownAt);
    const worlds = await this.worlds.at(knownAt);
    const scenarios = asked.scenarios.map((scenario, at) =>
      worlds.world(scenario, `scenarios[${at}]`),
    );
    const against =
      asked.against === undefined ? undefined : worlds.world(asked.against, 'against');
    const upTo = knownAt?.kind === 'position' ? knownAt.position : undefined;
    const source = await this.#history(upTo);
    const question = {
      request: {
        ...(asked.on !== undefined && { on: asked.on }),
        ...(knownAt?.kind === 'instant' && { knownAt: knownAt.instant }),
        ...(asked.from !== undefined && { from: asked.from }),
        ...(asked.to !== undefined && { to: asked.to }),
        presence: asked.presence ?? (['until-departure'] as const),
        measures: asked.measures ?? defaultMeasures,
        by: asked.by ?? [],
      },
      enacted: worlds.enacted,
      scenarios,
      ...(against && { against }),
      code: `portbook ${VERSION}, rules ${RULES_VERSION}`,
    };
    const answer = await runReplay(question, source, () => othersTurn());
    return this.#keep({ ...answer, knownAt: asked.knownAt ?? null });
  }

  async #history(upTo: number | undefined): Promise<ReplaySource> {
    const gathering = new HistoryGathering(eventTables);
    for await (const event of this.log.readAll()) {
      if (upTo !== undefined && event.position > upTo) break;
      gathering.take(event);
    }
    return gathering.gathered().source;
  }

  #keep(answer: ReplayAnswer): ReplayAnswer {
    this.#answers.set(answer.id, answer);
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > ANSWERS_MAX && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}
