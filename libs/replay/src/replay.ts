import {
  asUntested,
  assess,
  type Assessment,
  type AssessmentView,
  type LawEntry,
  lawBehind,
  type Obligation,
  obligationName,
  type Subject,
} from '#libs/assessment';
import { canonicalJson, type CivilDay, contentHash } from '#libs/kernel';
import type { Policy } from '#libs/policy';
import type { Presence } from '#libs/registry';
import type { ReplayAnswer, Row, World, WorldAnswer } from './answer.js';
import { baseStatuses, cellsOf, type Known, knownOf, NOT_IMPOSED, unneededCell } from './cell.js';
import type { ReplayRequest } from './request.js';
import {
  countNotImposed,
  countObligation,
  HOURS_PER_VISIT,
  MINUTES_PER_VISIT,
  newTally,
  readMeasure,
  type Tally,
} from './tally.js';

/** A history, divided by registrant, and what identifies it. */
export interface ReplaySource {
  readonly subjects: readonly Subject[];
  /** The last day observed: of the last `RegistryDayBegan`, else of the last registrant fact. */
  readonly observedUntil: CivilDay;
  readonly position: number;
  readonly historyHash: string;
  /** Some events bring their own times of recording along. */
  readonly isAdopted: boolean;
}

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
  const on = request.on ?? source.observedUntil;
  const counters = countersFor(question, { on, observedUntil: source.observedUntil });
  let people = 0;
  for (const subject of source.subjects) {
    for (const counter of counters) counter.take(subject);
    people += 1;
    if (people % PEOPLE_BETWEEN_PAUSES === 0) await pause({ people, of: source.subjects.length });
  }
  const policies = [enacted, ...worldsOf(question).map(({ policy }) => policy)];
  const worlds = counters.flatMap((counter) => counter.answers());
  return {
    id: idOf(question, source, on),
    on,
    knownAt: request.knownAt ?? null,
    from: request.from ?? null,
    to: request.to ?? null,
    observedUntil: source.observedUntil,
    position: String(source.position),
    historyHash: source.historyHash,
    code: question.code,
    assumptions: { presence: request.presence, notes: notesOf(request, source) },
    law: lawOf(counters, policies),
    worlds,
  };
}

function worldsOf({ enacted, scenarios, against }: ReplayQuestion): readonly World[] {
  const base: World = { name: 'enacted', policy: enacted, warnings: [] };
  return [base, ...(against ? [against] : []), ...scenarios];
}

function idOf(
  { request, enacted, ...of }: ReplayQuestion,
  source: ReplaySource,
  on: string,
): string {
  return contentHash({
    request: { ...request, on },
    enacted: enacted.hash,
    scenarios: of.scenarios.map(({ name, policy }) => [name, policy.hash]),
    ...(of.against && { against: of.against.policy.hash }),
    historyHash: source.historyHash,
    position: source.position,
    code: of.code,
  }).slice(0, 32);
}

function notesOf({ measures }: ReplayRequest, { isAdopted }: ReplaySource): readonly string[] {
  const notes = [
    'Behaviour is held fixed. What nobody was asked for is untested, and never counted with what was missed.',
    'Only people whom the registry registered are in it: figures of a wider policy are lower bounds.',
  ];
  if (measures.includes('officerMinutes')) {
    notes.push(
      `Officer minutes: ${MINUTES_PER_VISIT} a visit, assumed; untested visits are counted.`,
    );
  }
  if (measures.includes('registrantHours')) {
    notes.push(
      `Registrant hours: ${HOURS_PER_VISIT} a visit, assumed; untested visits are counted.`,
    );
  }
  if (isAdopted) notes.push('Times of recording were adopted from a history file.');
  return notes;
}

/** All worlds under one assumption of presence, judged person by person. */
interface Counter {
  readonly take: (subject: Subject) => void;
  readonly answers: () => readonly WorldAnswer[];
  readonly because: ReadonlySet<string>;
}

function countersFor(
  question: ReplayQuestion,
  days: { readonly on: CivilDay; readonly observedUntil: CivilDay },
): readonly Counter[] {
  return question.request.presence.map((presence) => counterFor(question, presence, days));
}

function counterFor(
  question: ReplayQuestion,
  presence: Presence,
  { on, observedUntil }: { readonly on: CivilDay; readonly observedUntil: CivilDay },
): Counter {
  const { request, enacted, against } = question;
  const upcoming = request.measures.includes('upcoming');
  const knownAt = request.knownAt === undefined ? {} : { knownAt: request.knownAt };
  const view: AssessmentView = { on, presence, upcoming, ...knownAt };
  const cubes = worldsOf(question).map((world) => new WorldCube(world, request, observedUntil));
  const because = new Set<string>();
  return {
    because,
    take: (subject) => {
      const recorded = assess(subject, { policy: enacted }, view);
      const known = knownOf(subject, view);
      const assessed = cubes.map(({ world }) =>
        assessedIn(world.policy, subject, { recorded, enacted, view }),
      );
      const base = (against ? assessed[1] : assessed[0]) ?? recorded;
      cubes.forEach((cube, at) => {
        const own = assessed[at] ?? recorded;
        cube.take(own, base, known);
        for (const obligation of own.obligations)
          obligation.because.forEach((ref) => because.add(ref));
      });
    },
    answers: () => cubes.map((cube, at) => cube.answer(presence, at > 0)),
  };
}

function assessedIn(
  policy: Policy,
  subject: Subject,
  of: { readonly recorded: Assessment; readonly enacted: Policy; readonly view: AssessmentView },
): Assessment {
  if (policy.hash === of.enacted.hash) return of.recorded;
  const own = assess(subject, { policy }, of.view);
  return { ...own, obligations: asUntested(own.obligations, of.recorded.obligations) };
}

/** The cells of one world. */
class WorldCube {
  readonly #cells = new Map<
    string,
    { readonly values: readonly string[]; readonly tally: Tally }
  >();
  #differs = false;

  constructor(
    readonly world: World,
    private readonly request: ReplayRequest,
    private readonly observedUntil: CivilDay,
  ) {}

  take(own: Assessment, base: Assessment, known: Known): void {
    const { person } = known;
    const inBase = baseStatuses(base.obligations);
    const names = new Set<string>();
    for (const obligation of own.obligations) {
      const name = obligationName(obligation);
      names.add(name);
      const told = {
        obligation,
        status: obligation.status,
        inBase: inBase.get(name) ?? NOT_IMPOSED,
      };
      if (!this.#selects(obligation)) continue;
      for (const cell of cellsOf(this.request.by, told, known)) {
        countObligation(this.#tally(cell), obligation, {
          person,
          observedUntil: this.observedUntil,
        });
      }
    }
    if (this.request.by.includes('transition')) this.#takeNotImposed(base, names, known);
    this.#takeUnneeded(own, known);
    this.#differs ||= !isSame(own.obligations, base.obligations);
  }

  #takeNotImposed(base: Assessment, names: ReadonlySet<string>, known: Known): void {
    for (const obligation of base.obligations) {
      if (names.has(obligationName(obligation)) || !this.#selects(obligation)) continue;
      const told = { obligation, status: NOT_IMPOSED, inBase: obligation.status };
      for (const cell of cellsOf(this.request.by, told, known)) {
        countNotImposed(this.#tally(cell), known.person);
      }
    }
  }

  #takeUnneeded({ unneeded }: Assessment, known: Known): void {
    if (!this.request.measures.includes('unneeded')) return;
    for (const id of unneeded) {
      const fact = known.facts.get(id);
      if (fact) this.#tally(unneededCell(this.request.by, fact, known)).unneeded += 1;
    }
  }

  #selects({ dueOn }: Obligation): boolean {
    const { from, to } = this.request;
    return (from === undefined || from <= dueOn) && (to === undefined || dueOn <= to);
  }

  #tally(values: readonly string[]): Tally {
    const key = canonicalJson(values);
    const found = this.#cells.get(key);
    if (found) return found.tally;
    const tally = newTally();
    this.#cells.set(key, { values, tally });
    return tally;
  }

  answer(presence: Presence, isCompared: boolean): WorldAnswer {
    if (this.request.by.length === 0) this.#tally([]);
    const rows = [...this.#cells.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { values, tally }]) => this.#row(values, tally));
    const same = isCompared && !this.#differs;
    return {
      scenario: this.world.name,
      presence,
      policyHash: this.world.policy.hash,
      method: 'reference',
      warnings: [
        ...this.world.warnings,
        ...(same ? ['This world differs from its base in nothing.'] : []),
      ],
      rows,
    };
  }

  #row(values: readonly string[], tally: Tally): Row {
    const { by, measures } = this.request;
    return {
      ...Object.fromEntries(by.map((dimension, at) => [dimension, values[at] ?? ''])),
      ...(by.includes('transition') && { obligations: tally.obligations }),
      ...Object.fromEntries(measures.map((measure) => [measure, readMeasure(tally, measure)])),
      unobserved: tally.unobserved,
    };
  }
}

function isSame(own: readonly Obligation[], base: readonly Obligation[]): boolean {
  if (own === base) return true;
  const facts = ({ because: _because, facts: _facts, ...told }: Obligation): unknown => told;
  return canonicalJson(own.map(facts)) === canonicalJson(base.map(facts));
}

function lawOf(counters: readonly Counter[], policies: readonly Policy[]): readonly LawEntry[] {
  const because = counters.flatMap((counter) => [...counter.because]);
  return lawBehind([{ because }], policies);
}
