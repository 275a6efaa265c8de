import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assess, type Status } from '#libs/assessment';
import {
  addDays,
  canonicalJson,
  contentHash,
  daysBetween,
  isInstant,
  isSynthetic,
  isUuid,
  type RecordedEvent,
  registrantIdOf,
} from '#libs/kernel';
import {
  authorisationCovering,
  callInGroupsFor,
  departurePortDesignation,
  designationsMatching,
  enactedPolicy as enacted,
} from '#libs/policy';
import { designatedCountries } from '#libs/reference';
import { isFactType, legalDay, type Person, registrantEventTable } from '#libs/registry';
import { generateHistory, historyRequestIssues } from './generate-history.js';
import type { HistoryLine } from './history-line.js';

const whole = [...generateHistory({ people: 400, seed: 1, until: '2005-12-31' })];

/** The day in law, which a correction or rescission has not. */
function dayOf(line: HistoryLine): string | undefined {
  return isFactType(line.type) ? legalDay(line.type, line.data as never) : undefined;
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
      '495273d0c1bd3022e2968a92f668f1283c00bae2f39a3582f32c32572702fb1a',
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

  it('stands in the order in which it was recorded, each fact on its day or some days later', () => {
    const instants = whole.map(({ metadata }) => metadata.recordedAt);
    expect(instants.every(isInstant)).toBe(true);
    expect(instants).toEqual(instants.toSorted());
    const delays = whole.map((line) =>
      daysBetween(dayOf(line) ?? recordedDay(line), recordedDay(line)),
    );
    expect(Math.min(...delays)).toBe(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(45);
    expect(delays.filter((delay) => delay > 0).length).toBeGreaterThan(20);
  });

  it('begins each life with the first registration, on its day, and says only there who it is', () => {
    for (const lines of byRegistrant(whole).values()) {
      const [first] = lines;
      expect(first && dayOf(first)).toBe(first && recordedDay(first));
      const identified = lines.map(({ data }) => 'identity' in data && 'person' in data);
      expect(identified.indexOf(true)).toBe(0);
      expect(identified.lastIndexOf(true)).toBe(0);
    }
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

  it('is put together in canonical order, so that it is written fast', () => {
    const others = whole.filter((line) => JSON.stringify(line) !== canonicalJson(line));
    expect([...new Set(others.map(({ type }) => type))]).toEqual([]);
  });

  it('is recognisable as synthetic by each of its lines', () => {
    expect(whole.every(({ metadata }) => isSynthetic(metadata))).toBe(true);
  });

  it('registers nationals of all 25 designated countries, and of many others', () => {
    const nationalities = new Set(
      whole.flatMap(({ data }) => ('person' in data ? data.person.nationalities : [])),
    );
    expect(designatedCountries.filter(({ alpha2 }) => !nationalities.has(alpha2))).toEqual([]);
    expect(nationalities.size).toBeGreaterThan(80);
  });

  it('corrects a record with all that it should have said', () => {
    const corrections = ofType('RecordCorrected');
    expect(corrections.length).toBeGreaterThan(3);
    for (const { data } of corrections) {
      const original = whole.find(({ id }) => id === data.eventId);
      const { corrected } = data;
      expect(corrected.type).toBe(original?.type);
      const [slip, ...others] = differing(original?.data, corrected.data);
      expect(['port', 'office', 'interviewedOn', 'reregisteredOn']).toContain(slip);
      expect(others).toEqual([]);
    }
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
    const after = interviews.filter((line) => (dayOf(line) ?? '') >= '2003-12-02');
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

/** The names of the fields in which the two differ. */
function differing(a: unknown, b: unknown): readonly string[] {
  const [before, after] = [a, b] as Record<string, unknown>[];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter(
    (name) => canonicalJson([before?.[name]]) !== canonicalJson([after?.[name]]),
  );
}
