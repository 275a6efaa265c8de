import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  contentHash,
  daysBetween,
  isInstant,
  isUuid,
  type RecordedEvent,
  registrantIdOf,
} from '#libs/kernel';
import { assess, type Status } from '#libs/assessment';
import {
  authorisationCovering,
  callInGroupsFor,
  departurePortDesignation,
  designationsMatching,
  enactedTimeline,
  foldPolicy,
} from '#libs/policy';
import {
  decideRegistrant,
  foldRegistrant,
  isFactType,
  legalDay,
  type Person,
  type RegistrantCommand,
  registrantEventTable,
} from '#libs/registry';
import { decidedUnder } from '#libs/spec';
import { generateHistory, historyRequestIssues } from './generate-history.js';
import type { HistoryLine } from './history-line.js';

const enacted = foldPolicy(enactedTimeline);
const whole = [...generateHistory({ people: 400, seed: 1, until: '2005-12-31' })];

function dayOf(line: HistoryLine): string {
  if (!isFactType(line.type)) throw new Error(`${line.type} is no fact.`);
  return legalDay(line.type, line.data as never);
}

function byRegistrant(lines: readonly HistoryLine[]): ReadonlyMap<string, HistoryLine[]> {
  const lives = new Map<string, HistoryLine[]>();
  for (const line of lines) {
    const registrantId = registrantIdOf(line.stream) ?? 'no registrant';
    const life = lives.get(registrantId);
    if (life) life.push(line);
    else lives.set(registrantId, [line]);
  }
  return lives;
}

function asRecorded(lines: readonly HistoryLine[]): readonly RecordedEvent[] {
  return lines.map((line, revision) => ({ ...line, revision, position: revision }));
}

/** The command of whose event each line might be. */
const commandNames: Partial<Record<HistoryLine['type'], RegistrantCommand['type']>> = {
  ArrivalRegistered: 'RegisterArrival',
  CallInRegistrationCompleted: 'RegisterAtCallIn',
  FollowUpInterviewCompleted: 'CompleteFollowUpInterview',
  AnnualReregistrationCompleted: 'ReregisterAnnually',
  DepartureConfirmed: 'ConfirmDeparture',
  UnregisteredDepartureRecorded: 'RecordUnregisteredDeparture',
};

function commandOf({ type, data }: HistoryLine): RegistrantCommand {
  const { usState: _taken, ...body } = { usState: undefined, ...data };
  return { type: commandNames[type], data: body } as unknown as RegistrantCommand;
}

function ofType<Type extends HistoryLine['type']>(type: Type) {
  return whole.filter((line): line is Extract<HistoryLine, { type: Type }> => line.type === type);
}

describe('a generated history', () => {
  it('is the same for the same request and another for another seed', () => {
    const request = { people: 40, seed: 7, until: '2003-11-20' };
    const first = contentHash([...generateHistory(request)]);
    expect(contentHash([...generateHistory(request)])).toBe(first);
    expect(contentHash([...generateHistory({ ...request, seed: 8 })])).not.toBe(first);
  });

  it('keeps the bytes that it had: a change here changes every history ever generated', () => {
    const lines = [...generateHistory({ people: 20, seed: 1, until: '2003-11-20' })];
    expect(contentHash(lines)).toBe(
      '5771447a5ab0bfbe3b4b22603ea3d5b424429d52914e5efa73dadd676597d6d3',
    );
  });

  it('up to an earlier day is the beginning of the one up to a later day', () => {
    const days = fc.integer({ min: 0, max: 1000 }).map((days) => addDays('2002-09-11', days));
    fc.assert(
      fc.property(days, (until) => {
        const earlier = [...generateHistory({ people: 12, seed: 3, until })];
        const later = [...generateHistory({ people: 12, seed: 3, until: addDays(until, 90) })];
        expect(later.slice(0, earlier.length)).toEqual(earlier);
        expect(later.slice(earlier.length).every((line) => recordedDay(line) > until)).toBe(true);
      }),
      { numRuns: 5 },
    );
  });

  it('registers exactly the people asked for by 2003-09-30', () => {
    const registered = whole.filter((line) => recordedDay(line) <= '2003-09-30');
    expect(byRegistrant(registered).size).toBe(400);
    expect([...generateHistory({ people: 1, seed: 5, until: '2003-09-30' })]).not.toEqual([]);
  });

  it('stands in the order in which it was recorded, each fact on its day or a few days later', () => {
    const instants = whole.map(({ metadata }) => metadata.recordedAt);
    expect(instants.every(isInstant)).toBe(true);
    expect(instants).toEqual(instants.toSorted());
    const misdated = whole.filter((line) => {
      const delay = daysBetween(dayOf(line), recordedDay(line));
      const isManifest = line.type === 'UnregisteredDepartureRecorded';
      return isManifest ? delay < 1 || delay > 4 : delay !== 0;
    });
    expect(misdated).toEqual([]);
  });

  it('tells each life in the order of its days, and writes who it is at its beginning only', () => {
    const muddled = [...byRegistrant(whole).values()].filter((lines) => {
      const days = lines.map(dayOf);
      const identified = lines.map(({ data }) => 'identity' in data);
      return (
        days.some((day, at) => day < (days[at - 1] ?? day)) || identified.lastIndexOf(true) !== 0
      );
    });
    expect(muddled).toEqual([]);
  });

  it('shares no id and no number between people', () => {
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    const commands = whole.map(({ metadata }) => metadata.commandId);
    expect(commands.every(isUuid)).toBe(true);
    expect(new Set(commands).size).toBe(whole.length);
    const arrivals = ofType('ArrivalRegistered');
    const callIns = ofType('CallInRegistrationCompleted');
    const admissions = [
      ...arrivals.map(({ data }) => data.admissionNumber),
      ...callIns.map(({ data }) => data.admission.admissionNumber),
    ];
    expect(new Set(admissions).size).toBe(admissions.length);
    const registrants = new Map(
      [...arrivals, ...callIns].map(({ data }) => [data.registrantId, data.fin]),
    );
    expect(new Set(registrants.values()).size).toBe(registrants.size);
  });

  it('holds lines of the stored form only', () => {
    const issues = whole.flatMap(({ type, data }) => registrantEventTable[type].check(data));
    expect(issues).toEqual([]);
  });
});

describe('the law in a generated history', () => {
  it('gives a basis to every arrival and a group to every call-in', () => {
    const persons = new Map<string, Person>();
    for (const { type, data } of whole) {
      if (type !== 'ArrivalRegistered' && type !== 'CallInRegistrationCompleted') continue;
      const person = data.person ?? persons.get(data.registrantId);
      if (!person) throw new Error('The first registration holds no person.');
      persons.set(data.registrantId, person);
      if (type === 'CallInRegistrationCompleted') {
        const { admittedOn } = data.admission;
        const claim = data.asylumClaimFiledOn;
        const groups = callInGroupsFor(enacted, data.registeredOn, {
          person,
          admittedOn,
          ...(claim !== undefined && { asylumClaimFiledOn: claim }),
        });
        expect(groups[0]?.group).toBe(data.group);
      } else if (data.basis.kind === 'designation') {
        expect(designationsMatching(enacted, data.arrivedOn, person)).not.toEqual([]);
      } else {
        expect(authorisationCovering(enacted, data.arrivedOn, data.basis)).toBeDefined();
      }
    }
  });

  it('holds what the registry would have accepted, word for word, on its day', () => {
    const lives = byRegistrant([...generateHistory({ people: 120, seed: 4 })]);
    for (const lines of lives.values()) {
      const events = asRecorded(lines);
      const decided = lines.map((line, at) =>
        decideRegistrant(
          commandOf(line),
          foldRegistrant(events.slice(0, at)),
          decidedUnder(enacted, recordedDay(line)),
        ),
      );
      expect(decided).toMatchObject(lines.map(({ type, data }) => ({ events: [{ type, data }] })));
    }
  });

  it('lets departures be confirmed at designated ports only', () => {
    const confirmed = ofType('DepartureConfirmed');
    expect(confirmed.length).toBeGreaterThan(100);
    const elsewhere = confirmed.filter(
      ({ data }) => !departurePortDesignation(enacted, data.departedOn, data.port),
    );
    expect(elsewhere).toEqual([]);
  });

  it('brings people of all four groups, in time, in the reopening, and late', () => {
    const days = (group: number): string[] =>
      ofType('CallInRegistrationCompleted')
        .filter(({ data }) => data.group === group)
        .map(({ data }) => data.registeredOn);
    const between = (group: number, from: string, to: string): number =>
      days(group).filter((day) => from <= day && day <= to).length;
    expect(between(1, '2002-11-15', '2002-12-16')).toBeGreaterThan(0);
    expect(between(1, '2003-01-27', '2003-02-07')).toBeGreaterThan(0);
    expect(between(2, '2002-12-02', '2003-01-10')).toBeGreaterThan(0);
    expect(between(3, '2003-02-22', '2003-03-21')).toBeGreaterThan(0);
    expect(between(4, '2003-03-29', '2003-04-25')).toBeGreaterThan(0);
    const late = between(3, '2003-03-22', '2004-01-01') + between(4, '2003-04-26', '2004-01-01');
    expect(late).toBeGreaterThan(0);
  });

  it('is kept as people keep a law: most in time, some late or not at all, hardly anything unasked', () => {
    const counts = new Map<Status, number>();
    let unneeded = 0;
    for (const [registrantId, lines] of byRegistrant(whole)) {
      const events = lines.map((line, revision): RecordedEvent => ({
        ...line,
        revision,
        position: revision,
      }));
      const view = { on: '2005-12-31', presence: 'until-departure' } as const;
      const assessment = assess({ registrantId, events }, { policy: enacted }, view);
      unneeded += assessment.unneeded.length;
      for (const { status } of assessment.obligations) {
        counts.set(status, (counts.get(status) ?? 0) + 1);
      }
    }
    const share = (status: Status): number =>
      (counts.get(status) ?? 0) / [...counts.values()].reduce((a, b) => a + b, 0);
    expect(share('met')).toBeGreaterThan(0.6);
    expect(share('met-late')).toBeGreaterThan(0.005);
    expect(share('missed')).toBeGreaterThan(0.02);
    expect(share('released')).toBeGreaterThan(0.004);
    expect(unneeded).toBeGreaterThan(0);
    expect(unneeded / whole.length).toBeLessThan(0.01);
  });

  it('sees hardly anyone at an interview after the suspension', () => {
    const interviews = [
      ...ofType('FollowUpInterviewCompleted'),
      ...ofType('AnnualReregistrationCompleted'),
    ];
    const after = interviews.filter((line) => dayOf(line) >= '2003-12-02');
    expect(after.length).toBeGreaterThan(0);
    expect(after.length / interviews.length).toBeLessThan(0.05);
  });

  it('ends with the programme', () => {
    const last = [...generateHistory({ people: 5, seed: 2, until: '2015-01-01' })].at(-1);
    expect(last && recordedDay(last) < '2011-04-28').toBe(true);
  });
});

describe('a request for a history', () => {
  it('is refused for no people, a broken seed, and a day that is none or lies before the programme', () => {
    expect(historyRequestIssues({ people: 10, seed: 0 })).toEqual([]);
    const issues = historyRequestIssues({ people: 0, seed: 1.5, until: '2003-02-30' });
    expect(issues.map(({ path }) => path)).toEqual(['people', 'seed', 'until']);
    expect(() => [...generateHistory({ people: 1, seed: 1, until: '2002-09-10' })]).toThrow(
      'until must be a day that exists, YYYY-MM-DD, from 2002-09-11 on',
    );
  });

  it('may ask to be told how far it has come', () => {
    const told: number[] = [];
    const request = { people: 20, seed: 1, until: '2002-12-31' };
    const lines = [...generateHistory(request, (progress) => told.push(progress.lines))];
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toBe(lines.length);
  });
});

function recordedDay({ metadata }: HistoryLine): string {
  return metadata.recordedAt.slice(0, 10);
}
