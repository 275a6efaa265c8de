import type { ComposedScenario, ScenarioChange } from './scenario.js';

function withdraw(...refs: readonly string[]): readonly ScenarioChange[] {
  return refs.map((ref) => ({ withdraw: ref }));
}

const amendmentsOfCallIns = [
  'armenia-rescinded',
  'groups-1-2-reopened',
  'group-3-extended',
  'group-4-extended',
] as const;

/** The duties that were left when US-VISIT began. */
const remainingDuties = [
  'arrival-registration',
  'change-notice',
  'departure-registration',
  'notice-interview',
] as const;

function shipped(
  name: string,
  question: string,
  changes: readonly ScenarioChange[],
): ComposedScenario {
  return { name, question, base: 'enacted', changes };
}

/** Questions that people really asked, each the enacted policy plus changes, to be run by name. */
export const shippedScenarios: readonly ComposedScenario[] = [
  shipped(
    'no-suspension',
    'What would the periodic interviews have cost, had they not been suspended in December 2003?',
    withdraw('domestic-registration-suspended'),
  ),
  shipped(
    'suspension-a-year-earlier',
    'Who would have been spared by a suspension a year earlier?',
    [{ move: 'domestic-registration-suspended', effectiveOn: '2002-12-02' }],
  ),
  shipped(
    'no-call-in',
    'What if there had been registration at ports of entry only?',
    withdraw(
      'call-in-group-1',
      'call-in-group-2',
      'call-in-group-3',
      'call-in-group-4',
      ...amendmentsOfCallIns,
    ),
  ),
  shipped(
    'no-extension',
    'Who came only because there was more time?',
    withdraw('group-3-extended', 'group-4-extended'),
  ),
  shipped('no-reopening', 'Who was cured by the reopening?', withdraw('groups-1-2-reopened')),
  shipped(
    'armenia-stays',
    'What if the designation of Armenia, made in error, had stood?',
    withdraw('armenia-rescinded'),
  ),
  shipped(
    'five-countries-only',
    'What would the narrow programme have been?',
    withdraw('group-designation-pk-sa-ye', 'call-in-group-2', 'call-in-group-3', 'call-in-group-4'),
  ),
  shipped('delisted-with-us-visit', 'What did seven years beside US-VISIT come to?', [
    { move: 'countries-delisted', effectiveOn: '2004-01-05' },
  ]),
  shipped(
    'never-delisted',
    'What if the countries had never been taken off the list?',
    withdraw('countries-delisted', 'regulation-removed'),
  ),
  shipped('students-exempt-from-the-start', 'How much was reported twice, here and in SEVIS?', [
    { move: 'sevis-change-notice-exemption', effectiveOn: '2002-09-11' },
  ]),
  shipped('sixty-day-follow-up', 'How much of the lateness was the narrow window?', [
    { amend: 'follow-up-interview-enacted', set: { 'terms.dueAfterDays': 60 } },
  ]),
  shipped('no-discretion', "Who is in the registry on an officer's judgement?", [
    { amend: 'officer-discretion-authorised', set: { kinds: ['lookout'], criteria: [] } },
  ]),
  shipped(
    'no-departure-duty',
    'Which presumptions of inadmissibility hang on departure registration alone?',
    withdraw('departure-registration-enacted'),
  ),
  shipped(
    'moved-into-us-visit',
    'What if US-VISIT had taken the remaining duties over, as was announced and never done?',
    remainingDuties.map((duty) => ({
      enact: {
        ref: `${duty}-moved-to-us-visit`,
        type: 'DutyMovedToUsVisit',
        effectiveOn: '2004-01-05',
        data: { duty },
      },
    })),
  ),
];

/** The shipped scenario of that name. */
export function findShippedScenario(name: string): ComposedScenario | undefined {
  return shippedScenarios.find((scenario) => scenario.name === name);
}
