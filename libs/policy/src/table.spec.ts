import { describe, expect, it } from '@jest/globals';
import { policyCommandExamples } from './command-examples.js';
import { type PolicyCommandName, eventForCommand } from './commands.js';
import { lawEventTypes, policyEventTable } from './table.js';
import { enactedTimeline } from './timeline.js';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with the example of a command, with other fields of the event or of its data. */
function issues(name: PolicyCommandName, data: Fields, event: Fields = {}): readonly string[] {
  const example: Fields = { ...policyCommandExamples[name] };
  const own = 'data' in example ? { data: { ...(example['data'] as Fields), ...data } } : {};
  return policyEventTable[eventForCommand[name]]
    .check({ ...example, ...own, ...event })
    .map(({ path, problem }) => `${path} ${problem}`);
}

function terms(duty: string, of: Fields): readonly string[] {
  return issues('EnactDuty', { duty, terms: of });
}

describe('the table of policy events', () => {
  it('has a row for each of the 18 types, in their first version and with nothing personal', () => {
    expect(lawEventTypes).toHaveLength(16);
    expect(Object.keys(policyEventTable)).toEqual([
      ...lawEventTypes,
      'PolicyRecordCorrected',
      'PolicyRecordRescinded',
    ]);
    for (const row of Object.values(policyEventTable)) {
      expect(row).toMatchObject({ version: 1, personal: [] });
    }
  });

  it.each(enactedTimeline.map((record) => [record.ref, record] as const))(
    'finds nothing wrong with %s as it was enacted',
    (_, { type, known: _known, ...event }) => {
      expect(policyEventTable[type].check(event)).toEqual([]);
    },
  );

  it.each(Object.entries(policyCommandExamples))(
    'finds nothing wrong with the example of %s',
    (name) => {
      expect(issues(name as PolicyCommandName, {})).toEqual([]);
    },
  );

  it.each<[string, Fields, string]>([
    ['an unknown field', { colour: 'red' }, 'colour is not a field that exists here'],
    ['a ref with capitals', { ref: 'Group-1' }, 'ref must be up to 100 lower-case letters'],
    ['a ref that is too long', { ref: 'a'.repeat(101) }, 'ref must be up to 100 lower-case'],
    ['an empty title', { title: '' }, 'title must have 1 to 200 characters'],
    ['a day that is none', { publishedOn: '2003-02-30' }, 'publishedOn must be a day that exists'],
    ['a day beyond all law', { effectiveOn: '2101-01-01' }, 'effectiveOn must lie from 1900-01-01'],
    ['a day before all law', { effectiveOn: '1899-12-31' }, 'effectiveOn must lie from 1900-01-01'],
    ['a word for verified', { verified: 'yes' }, 'verified must be true or false'],
    ['a long note', { note: 'x'.repeat(201) }, 'note must have 1 to 200 characters'],
    ['data that is a list', { data: [] }, 'data must be an object'],
  ])('names what is wrong with %s', (_, event, expected) => {
    const found = issues('NoteMilestone', {}, event);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it.each<[string, Fields, readonly string[]]>([
    ['follow-up-interview', { opensAfterDays: 30, dueAfterDays: 30 }, []],
    [
      'follow-up-interview',
      { opensAfterDays: 30, dueAfterDays: 29 },
      ['data.terms.dueAfterDays lies before the day on which the window opens'],
    ],
    [
      'follow-up-interview',
      { dueAfterDays: 40, daysBefore: 10 },
      [
        'data.terms.daysBefore is not a field that exists here',
        'data.terms.opensAfterDays is missing',
      ],
    ],
    ['annual-reregistration', { daysBefore: 182, daysAfter: 182, leapDayAnniversary: '03-01' }, []],
    [
      'annual-reregistration',
      { daysBefore: 183, daysAfter: -1, leapDayAnniversary: '02-29' },
      [
        'data.terms.daysBefore must be a whole number from 0 to 182',
        'data.terms.daysAfter must be a whole number from 0 to 182',
        'data.terms.leapDayAnniversary must be one of 02-28, 03-01',
      ],
    ],
    ['change-notice', { dueAfterDays: 10 }, ['data.terms.presentAtLeastDays is missing']],
    [
      'departure-registration',
      { dueAfterDays: 1 },
      ['data.terms.dueAfterDays is not a field that exists here'],
    ],
  ])('knows which terms %s has: %j', (duty, of, expected) => {
    expect(terms(duty, of)).toEqual(expected);
  });

  it('names a duty that there is not, and terms that are none', () => {
    expect(issues('EnactDuty', { duty: 'a-dance', terms: 'none' })).toEqual([
      expect.stringContaining('data.duty must be one of arrival-registration'),
      'data.terms must be an object',
    ]);
  });

  it.each<[string, PolicyCommandName, Fields, string | undefined]>([
    [
      'ages that end before they begin',
      'DesignateArrivals',
      { minAge: 45, maxAge: 16 },
      'maxAge lies below minAge',
    ],
    ['an age limit on one side', 'DesignateArrivals', { minAge: 45 }, undefined],
    ['the other age limit alone', 'DesignateArrivals', { maxAge: 16 }, undefined],
    [
      'a country twice',
      'DesignateArrivals',
      { countries: ['IR', 'IR'] },
      'countries names an entry twice',
    ],
    [
      'a country that ISO does not know',
      'DesignateArrivals',
      { countries: ['XK'] },
      'countries[0] is not a known code',
    ],
    ['no country', 'DesignateArrivals', { countries: [] }, 'countries must have 1 to'],
    [
      'discretion without a criterion',
      'AuthoriseDiscretion',
      { criteria: [] },
      'criteria must name one at least',
    ],
    [
      'a lookout without a criterion',
      'AuthoriseDiscretion',
      { kinds: ['lookout'], criteria: [] },
      undefined,
    ],
    [
      'a criterion of nobody',
      'AuthoriseDiscretion',
      { criteria: ['looks'] },
      'criteria[0] must be one of',
    ],
    [
      'a group that is a fraction',
      'AnnounceCallIn',
      { group: 1.5 },
      'group must be a whole number from 1 to 99',
    ],
    [
      'a call-in that closes early',
      'AnnounceCallIn',
      { closesOn: '2002-11-14' },
      'closesOn lies before the day',
    ],
    ['a call-in of one day', 'AnnounceCallIn', { closesOn: '2002-11-15' }, undefined],
    [
      'an extension into the past',
      'ExtendCallIn',
      { closesOn: '2003-02-18' },
      'closesOn lies before the day',
    ],
    [
      'a reopening into the past',
      'ReopenCallIn',
      { closesOn: '2003-01-26' },
      'closesOn lies before the day',
    ],
    [
      'a port that there is not',
      'DesignateDeparturePorts',
      { ports: ['ZZZ'] },
      'ports[0] is not a known code',
    ],
    [
      'a class that there is not',
      'MakeDutyExemption',
      { classes: ['Z9'] },
      'classes[0] is not a known code',
    ],
    [
      'kinds of change of another duty',
      'MakeDutyExemption',
      { duty: 'departure-registration' },
      'changeKinds is a field of change-notice only',
    ],
    [
      'a suspended call-in',
      'SuspendDomesticRegistration',
      { duties: ['call-in-registration'] },
      'duties[0] must be one of',
    ],
    [
      'a deadline left open',
      'SuspendDomesticRegistration',
      { deadlineOnEffectiveDay: 'maybe' },
      'deadlineOnEffectiveDay must be one of released, owed',
    ],
    [
      'a call-in moved to US-VISIT',
      'MoveDutyToUsVisit',
      { duty: 'call-in-registration' },
      'duty must be one of',
    ],
  ])('says of %s what it is', (_, name, data, expected) => {
    const found = issues(name, data);
    expect(found).toHaveLength(expected === undefined ? 0 : 1);
    expect(found[0] ?? '').toContain(expected === undefined ? '' : `data.${expected}`);
  });
});
