import {
  asUntested,
  assessFacts,
  type Assessment,
  type AssessmentView,
  lawBehind,
} from '#libs/assessment';
import type { CivilDay } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import { type Fact, factsOf, type Presence } from '#libs/registry';
import type { ReplayAnswer, World, WorldAnswer } from './answer.js';
import { judgedUnder } from './judged.js';
import { knownOf } from './known.js';
import { notesOf } from './notes.js';
import { replayId } from './replay-id.js';
import type { ReplayRequest } from './request.js';
import { observedUntil, type ReplaySource } from './source.js';
import { WorldCube } from './world-cube.js';

export interface ReplayQuestion {
  readonly request: ReplayRequest;
  readonly enacted: Policy;
  readonly scenarios: readonly World[];
  /** The base of the comparison; the enacted policy where absent. */
  readonly against?: World;
  /** Version of the program and of its rules. */
  readonly code: string;
}

export interface ReplayProgress {
  readonly people: number;
  readonly of: number;
}

/** Awaited now and then, so that others have their turn and a terminal learns how far it is. */
export type Pause = (progress: ReplayProgress) => Promise<void> | void;

const PEOPLE_BETWEEN_PAUSES = 100;

/** Judges a whole history under several policies with the reference `assess`, and counts. */
export async function runReplay(
  question: ReplayQuestion,
  source: ReplaySource,
  pause: Pause = () => undefined,
): Promise<ReplayAnswer> {
  const { request, enacted } = question;
  const { knownAt } = request;
  const observed = knownAt === undefined ? source.observedUntil : observedUntil(source, knownAt);
  const on = request.on ?? observed;
  const worlds = worldsOf(question);
  const counters = request.presence.map((presence) =>
    counterFor(question, worlds, { on, observed, presence }),
  );
  const seen = { on, ...(knownAt !== undefined && { knownAt }) };
  let people = 0;
  for (const { registrantId, events } of source.subjects) {
    const facts = factsOf(events, seen);
    for (const counter of counters) counter.take(registrantId, facts);
    people += 1;
    if (people % PEOPLE_BETWEEN_PAUSES === 0) await pause({ people, of: source.people });
  }
  const policies = [enacted, ...worlds.map(({ policy }) => policy)];
  return {
    id: replayId({ request: { ...request, on }, worlds, code: question.code }, source),
    on,
    knownAt: knownAt ?? null,
    from: request.from ?? null,
    to: request.to ?? null,
    observedUntil: observed,
    position: String(source.position),
    historyHash: source.historyHash,
    code: question.code,
    assumptions: { presence: request.presence, notes: notesOf(request, source) },
    law: lawBehind(
      counters.map((counter) => ({ because: counter.because() })),
      policies,
    ),
    worlds: counters.flatMap((counter) => counter.answers()),
  };
}

/** The enacted world first, then the base where it is another. */
function worldsOf({ enacted, scenarios, against }: ReplayQuestion): readonly World[] {
  const first: World = { name: 'enacted', policy: enacted, warnings: [] };
  return [first, ...(against ? [against] : []), ...scenarios];
}

/** All worlds under one assumption of presence, judged person by person. */
interface Counter {
  readonly take: (registrantId: string, facts: readonly Fact[]) => void;
  readonly answers: () => readonly WorldAnswer[];
  readonly because: () => readonly string[];
}

interface From {
  readonly on: CivilDay;
  readonly observed: CivilDay;
  readonly presence: Presence;
}

function counterFor(
  { request, enacted, against }: ReplayQuestion,
  worlds: readonly World[],
  { on, observed, presence }: From,
): Counter {
  const view = viewOf(request, on, presence);
  const lanes = worlds.map((world) => ({
    policy: world.policy,
    cube: new WorldCube(world, request, observed),
    judged: judgedUnder(world.policy),
  }));
  const baseAt = against ? 1 : 0;
  return {
    take: (registrantId, facts) => {
      const assessed = (policy: Policy): Assessment =>
        assessFacts(registrantId, facts, { policy, view });
      const recorded = assessed(enacted);
      const judged = lanes.map((lane, at) =>
        lane.judged(at === 0 ? recorded : beside(recorded, assessed(lane.policy))),
      );
      const known = knownOf(registrantId, facts, view);
      for (const [at, own] of judged.entries()) {
        lanes[at]?.cube.take(own, judged[baseAt] ?? own, known);
      }
    },
    answers: () => lanes.map(({ cube }, at) => cube.answer(presence, at > baseAt)),
    because: () => lanes.flatMap(({ cube }) => [...cube.because]),
  };
}

function viewOf(request: ReplayRequest, on: CivilDay, presence: Presence): AssessmentView {
  const { knownAt, measures, by } = request;
  return {
    on,
    presence,
    // What is open in one world may lie ahead in the other.
    upcoming: measures.includes('upcoming') || by.includes('transition'),
    ...(knownAt !== undefined && { knownAt }),
  };
}

/** Untested is what the enacted policy did not ask for, whatever world it is compared with. */
function beside(recorded: Assessment, own: Assessment): Assessment {
  return { ...own, obligations: asUntested(own.obligations, recorded.obligations) };
}
