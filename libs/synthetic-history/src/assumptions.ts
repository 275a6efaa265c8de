import type { RegistrantDataByType } from '#libs/registry';
import type { Weighted } from './random.js';

/**
 * Every weight of the synthetic history, in one place. All of them are assumptions: nothing was
 * published by country, by call-in group or by month, and whatever is computed from a generated
 * history is a statement about these numbers and not about the programme. The one published figure
 * is the share of call-ins.
 */

/** Registered at a call-in, of all persons first registered by 2003-09-30: 83,519 of 177,260 (DHS). */
export const callInShare = 83_519 / 177_260;

/** The day up to which the number of people asked for is counted. */
export const countedUntil = '2003-09-30';

/** Relative numbers of first registrations on arrival a day, by month; later months as `laterArrivals`. */
export const arrivalsByMonth: Weighted<string> = [
  ['2002-09', 0.55],
  ['2002-10', 1],
  ['2002-11', 0.95],
  ['2002-12', 1.05],
  ['2003-01', 1.1],
  ['2003-02', 0.9],
  ['2003-03', 0.85],
  ['2003-04', 0.85],
  ['2003-05', 1],
  ['2003-06', 1.1],
  ['2003-07', 1.15],
  ['2003-08', 1.3],
  ['2003-09', 1.1],
];

/** After 2003-09-30: people first registered in a month, for each person counted, from the month on. */
export const laterArrivals: readonly (readonly [fromMonth: string, perPersonCounted: number])[] = [
  ['2003-10', 0.035],
  ['2003-12', 0.016],
  ['2005-01', 0.009],
  ['2007-01', 0.005],
];

export const callInGroupWeights: Weighted<number> = [
  [1, 0.08],
  [2, 0.12],
  [3, 0.42],
  [4, 0.38],
];

/** When people came: by the first closing day, by the extended one, in a reopening, or past all of them. */
export type CallInTiming = 'first-window' | 'extension' | 'reopening' | 'late';
export const callInTiming: Weighted<CallInTiming> = [
  ['first-window', 0.66],
  ['extension', 0.28],
  ['reopening', 0.14],
  ['late', 0.05],
];
/** Of those who came within a window, the share that came in its last days, and how many those are. */
export const closingRush = { share: 0.5, days: 7 } as const;
export const callInLateByDays = 40;

/** Why a person is registered on arrival, once officers may register at their discretion. */
export const arrivalBases: Weighted<'designation' | 'lookout' | 'officer-discretion'> = [
  ['designation', 0.62],
  ['officer-discretion', 0.31],
  ['lookout', 0.07],
];
export const secondCriterion = 0.15;

/** Relative numbers of visitors of the designated countries. */
export const designatedNationals: Weighted<string> = [
  ...([
    ['IR', 12],
    ['IQ', 3],
    ['LY', 1],
    ['SD', 4],
    ['SY', 8],
    ['AF', 2],
    ['DZ', 3],
  ] as const),
  ...([
    ['BH', 2],
    ['ER', 2],
    ['LB', 10],
    ['MA', 8],
    ['KP', 0.2],
    ['OM', 1],
    ['QA', 2],
  ] as const),
  ...([
    ['SO', 1],
    ['TN', 4],
    ['AE', 5],
    ['YE', 4],
    ['PK', 30],
    ['SA', 18],
    ['BD', 14],
  ] as const),
  ...([
    ['EG', 15],
    ['ID', 25],
    ['JO', 8],
    ['KW', 5],
  ] as const),
];
/** Of those registered at discretion or on a lookout, the share from a country that some rule names. */
export const namedCountryAtDiscretion = 0.45;
/** The countries from which most other visitors come, and the rest of the world. */
export const otherNationals: Weighted<string> = [
  ...weighing(
    3,
    'AR AU BR CA CL CN CO DE DO EC ES ET FR GB GH GR GT HN IE IL IN IT JM JP KE KR LK MX MY NG NL NP',
  ),
  ...weighing(3, 'PE PH PL PT RO RU SE SG SV TH TR TW UA VE VN ZA'),
  ...weighing(
    0.4,
    'AL AM AO AT AZ BA BB BE BF BG BI BJ BN BO BS BT BW BY BZ CD CF CG CH CI CM CR CU CV CY CZ DJ DK',
  ),
  ...weighing(
    0.4,
    'EE FI FJ GA GD GE GM GN GQ GW GY HR HT HU IS KG KH KM KN KZ LA LC LR LS LT LU LV MC MD MG MK ML',
  ),
  ...weighing(
    0.4,
    'MM MN MR MT MU MV MW MZ NA NE NI NO NZ PA PG PY RS RW SC SI SK SL SN SR SZ TD TG TJ TM TO TT TZ',
  ),
  ...weighing(0.4, 'UG UY UZ VC VU WS ZM ZW'),
];

export const secondNationality = 0.03;
export const secondNationalities = ['CA', 'GB', 'FR', 'DE', 'AU', 'SE', 'NL', 'TR'] as const;
export const womenAtDiscretion = 0.35;
export const womenOfDesignatedCountries = 0.3;

export const bornYearsBefore: Weighted<readonly [min: number, max: number]> = [
  [[1, 15], 0.03],
  [[16, 24], 0.28],
  [[25, 34], 0.38],
  [[35, 44], 0.2],
  [[45, 59], 0.09],
  [[60, 80], 0.02],
];

export type Purpose = RegistrantDataByType['ArrivalRegistered']['purposeCode'];
interface VisitKind {
  readonly purpose: Purpose;
  readonly classes: readonly string[];
  /** Days of admission; absent where the admission is for the duration of status. */
  readonly admittedDays?: number;
  readonly stays: Weighted<readonly [minDays: number, maxDays: number]>;
}

const shortStays: VisitKind['stays'] = [
  [[3, 14], 0.3],
  [[15, 29], 0.2],
  [[30, 75], 0.28],
  [[76, 175], 0.18],
  [[176, 600], 0.04],
];
const longStays: VisitKind['stays'] = [
  [[30, 150], 0.25],
  [[151, 450], 0.4],
  [[451, 1500], 0.35],
];

/** What people come for, in which classes, for how long. */
export const visitKinds: Weighted<VisitKind> = [
  [{ purpose: 'tourism', classes: ['B2'], admittedDays: 180, stays: shortStays }, 0.32],
  [{ purpose: 'business', classes: ['B1'], admittedDays: 90, stays: shortStays }, 0.17],
  [{ purpose: 'study', classes: ['F1', 'F1', 'F1', 'M1', 'F2'], stays: longStays }, 0.24],
  [{ purpose: 'exchange', classes: ['J1', 'J1', 'J2'], stays: longStays }, 0.06],
  [
    { purpose: 'work', classes: ['H1B', 'H1B', 'L1', 'O1'], admittedDays: 1095, stays: longStays },
    0.1,
  ],
  [{ purpose: 'family', classes: ['B2', 'H4', 'K1'], admittedDays: 180, stays: shortStays }, 0.07],
  [{ purpose: 'medical', classes: ['B2'], admittedDays: 180, stays: shortStays }, 0.015],
  [{ purpose: 'crew', classes: ['D1'], admittedDays: 29, stays: [[[1, 20], 1]] }, 0.015],
  [{ purpose: 'transit', classes: ['C1'], admittedDays: 29, stays: [[[1, 5], 1]] }, 0.01],
];
/** Purposes of those under 16. */
export const minorsVisitKinds: Weighted<string> = [
  ['tourism', 0.7],
  ['family', 0.3],
];
/** Those called in were already in the country, most of them to study or to work. */
export const calledInVisitKinds: Weighted<string> = [
  ['tourism', 0.25],
  ['business', 0.08],
  ['study', 0.35],
  ['exchange', 0.06],
  ['work', 0.26],
];
/** Days between the admission and the last day of admission of a group. */
export const admittedDaysBeforeCallIn: Weighted<readonly [min: number, max: number]> = [
  [[0, 200], 0.45],
  [[201, 700], 0.35],
  [[701, 2000], 0.2],
];
export const staysAfterCallIn: Weighted<readonly [min: number, max: number]> = [
  [[3, 60], 0.15],
  [[61, 330], 0.2],
  [[331, 800], 0.35],
  [[801, 2000], 0.3],
];
export const asylumClaimAfterNotice = 0.01;

/** How a person takes the rules; one for life, so that those who miss one duty tend to miss the next. */
export type Temperament = 'diligent' | 'tardy' | 'absent';
export const temperaments: Weighted<Temperament> = [
  ['diligent', 0.82],
  ['tardy', 0.1],
  ['absent', 0.08],
];

export type Coming = 'too-early' | 'on-time' | 'late' | 'never';
export const interviewComing: Readonly<Record<Temperament, Weighted<Coming>>> = {
  diligent: [
    ['too-early', 0.003],
    ['on-time', 0.95],
    ['late', 0.03],
    ['never', 0.017],
  ],
  tardy: [
    ['on-time', 0.4],
    ['late', 0.4],
    ['never', 0.2],
  ],
  absent: [
    ['on-time', 0.1],
    ['late', 0.1],
    ['never', 0.8],
  ],
};
export const tooEarlyByDays = 6;
export const lateByDays = 45;
/** Once a duty was suspended hardly anyone came to fulfil it. */
export const comesAfterSuspension = 0.006;

export type Leaving = 'confirmed' | 'unregistered' | 'unrecorded';
export const leaving: Readonly<Record<Temperament, Weighted<Leaving>>> = {
  diligent: [
    ['confirmed', 0.92],
    ['unregistered', 0.05],
    ['unrecorded', 0.03],
  ],
  tardy: [
    ['confirmed', 0.72],
    ['unregistered', 0.2],
    ['unrecorded', 0.08],
  ],
  absent: [
    ['confirmed', 0.35],
    ['unregistered', 0.4],
    ['unrecorded', 0.25],
  ],
};
export const leavesByPortOfArrival = 0.6;
export const departureSourceWeights: Weighted<
  RegistrantDataByType['UnregisteredDepartureRecorded']['source']
> = [
  ['carrier-manifest', 0.93],
  ['consular-report', 0.05],
  ['other', 0.02],
];
/** Days between an unregistered departure and the manifest that tells of it. */
export const manifestDays: readonly [min: number, max: number] = [1, 4];

/** Coming back: how often, and after how many days; more than `manifestDays` in any case. */
export const returns = { chance: 0.36, daysAway: [10, 240], arrivalsMax: 12 } as const;
/** Somebody whom no designation names is registered again only if an officer decides so. */
export const discretionAtReturn = 0.25;

/** Relative numbers of addresses by state. */
export const stateWeights: Weighted<string> = [
  ...([
    ['CA', 20],
    ['NY', 17],
    ['TX', 11],
    ['FL', 8],
    ['NJ', 7],
    ['VA', 6],
    ['IL', 6],
  ] as const),
  ...([
    ['MI', 5],
    ['MA', 4],
    ['PA', 3],
    ['MD', 3],
    ['GA', 3],
    ['OH', 2],
    ['WA', 2],
  ] as const),
  ...([
    ['AZ', 1],
    ['CO', 1],
    ['MN', 1],
    ['MO', 1],
    ['LA', 1],
    ['HI', 0.5],
    ['OR', 0.7],
  ] as const),
  ...([
    ['OK', 0.7],
    ['NE', 0.4],
    ['ID', 0.3],
    ['ME', 0.3],
    ['AK', 0.2],
    ['PR', 0.3],
  ] as const),
];
/** Offices that serve registrants of a state beside the one responsible for it. */
export const furtherOffices: Readonly<Record<string, Weighted<string>>> = {
  CA: [
    ['LOS', 0.5],
    ['SFR', 0.35],
    ['SDP', 0.15],
  ],
  NY: [
    ['NYC', 0.85],
    ['BUF', 0.15],
  ],
  TX: [
    ['SNA', 0.3],
    ['HOU', 0.6],
    ['HLG', 0.1],
  ],
};
/** Relative numbers of arrivals by port. */
export const arrivalPorts: Weighted<string> = [
  ...([
    ['NYC', 24],
    ['LOS', 14],
    ['MIA', 7],
    ['CHI', 9],
    ['WAS', 9],
    ['HOU', 6],
  ] as const),
  ...([
    ['DET', 5],
    ['SFR', 7],
    ['ATL', 5],
    ['BOS', 4],
    ['DAL', 4],
    ['NEW', 6],
  ] as const),
  ...([
    ['SEA', 3],
    ['PHI', 2],
    ['OAK', 0.5],
    ['CHM', 2],
    ['PBB', 2],
    ['SYS', 1],
  ] as const),
];
export const documented = 0.25;
export const contactGiven = 0.4;
export const findingsNoted = 0.12;

function weighing(weight: number, codes: string): Weighted<string> {
  return codes.split(' ').map((code) => [code, weight]);
}
