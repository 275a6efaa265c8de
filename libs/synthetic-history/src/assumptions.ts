import type { RegistrantDataByType } from '#libs/registry';
import { type Weighted, weighted, weights } from './random.js';

/**
 * Every weight of the synthetic history, in one place. All of them are assumptions: nothing was
 * published by country, by call-in group or by month, and whatever is computed from a generated
 * history is a statement about these numbers and not about the programme. What was published stands in
 * published.ts; the numbers here only fill in what lies between those figures.
 */

/** First registrations on arrival by days for which only a total, or only the call-ins, were published. */
export const arrivalsBy: readonly (readonly [day: string, people: number])[] = [
  ['2003-03-25', 44_000],
  ['2003-04-25', 51_500],
];

/** Relative numbers of first registrations on arrival a day, by month. */
export const arrivalsByMonth: Readonly<Record<string, number>> = {
  ...{ '2002-09': 0.55, '2002-10': 1, '2002-11': 0.95, '2002-12': 1.05 },
  ...{ '2003-01': 1.1, '2003-02': 0.9, '2003-03': 0.85, '2003-04': 0.85, '2003-05': 1 },
  ...{ '2003-06': 1.1, '2003-07': 1.15, '2003-08': 1.3, '2003-09': 1.1 },
};

/** People first registered in a month after 2003-09-30, for each person counted by then. */
export const laterArrivals = {
  name: 'steps downward, to the end of the programme',
  perPersonCounted: [
    ['2003-10', 0.035],
    ['2003-12', 0.016],
    ['2005-01', 0.009],
    ['2007-01', 0.005],
  ] as readonly (readonly [fromMonth: string, share: number])[],
};

/** Shares of the call-in groups. */
export const callInGroups: readonly (readonly [group: number, share: number])[] = [
  [1, 0.08],
  [2, 0.12],
  [3, 0.42],
  [4, 0.38],
];
/** When people came: by the first closing day, by the extended one, in a reopening, or outside all of them. */
export const callInTiming = {
  firstWindow: 0.66,
  extension: 0.28,
  reopening: 0.14,
  late: 0.05,
} as const;
/** Of those who came within a window, the share that came in its last days, most on the closing day. */
export const closingRush = { share: 0.5, days: 7 } as const;
/** Those who come after the closing day are half as many after each of so many days. */
export const lateHalvesInDays = 20;

/** Distinct nationalities by the day on which the counted people end; later ones come up to 2005. */
export const nationalitiesByCountedEnd = 155;
export const lastNewNationalityBy = '2005-12-31';
/** In a small history: of those who arrive, at most this share is the first of a nationality. */
export const firstOfNationalityMax = 0.6;

/** Why a person is registered on arrival, once officers may register at their discretion. */
export const arrivalBases = weighted<'designation' | 'lookout' | 'officer-discretion'>([
  ['designation', 0.62],
  ['officer-discretion', 0.31],
  ['lookout', 0.07],
]);
export const criterionWeights = weights(
  'unexplained-travel 22, other-unexplained-travel 10, earlier-overstay 18, intelligence-profile 12, ' +
    'law-enforcement-referral 9, behaviour-or-answers 17, information-given 12',
);
export const secondCriterion = 0.15;

/** Relative numbers of visitors of the designated countries. */
export const designatedNationals = weights(
  'IR 12, IQ 3, LY 1, SD 4, SY 8, AF 2, DZ 3, BH 2, ER 2, LB 10, MA 8, KP 0.2, OM 1, QA 2, SO 1, ' +
    'TN 4, AE 5, YE 4, PK 30, SA 18, BD 14, EG 15, ID 25, JO 8, KW 5',
);
/** Of those registered at discretion or on a lookout, the share from a country that some rule names. */
export const namedCountryAtDiscretion = 0.45;
/** The countries from which most other visitors come, and the rest of the world. */
export const otherNationals = weights(
  [
    ...each(3, 'AR AU BR CA CL CN CO DE DO EC ES ET FR GB GH GR GT HN IE IL IN IT JM JP KE KR LK'),
    ...each(3, 'MX MY NG NL NP PE PH PL PT RO RU SE SG SV TH TR TW UA VE VN ZA'),
    ...each(0.4, 'AL AM AO AT AZ BA BB BE BF BG BI BJ BN BO BS BT BW BY BZ CD CF CG CH CI CM CR'),
    ...each(0.4, 'CU CV CY CZ DJ DK EE FI FJ GA GD GE GM GN GQ GW GY HR HT HU IS KG KH KM KN KZ'),
    ...each(0.4, 'LA LC LR LS LT LU LV MC MD MG MK ML MM MN MR MT MU MV MW MZ NA NE NI NO NZ PA'),
    ...each(0.4, 'PG PY RS RW SC SI SK SL SN SR SZ TD TG TJ TM TO TT TZ UG UY UZ VC VU WS ZM ZW'),
  ].join(', '),
);

export const secondNationality = 0.03;
export const secondNationalities = weights('CA 3, GB 2, FR 2, DE 2, AU 1, SE 1, NL 1, TR 1');
/** Of people with two nationalities, the share that names the other one first. */
export const otherNationalityFirst = 0.3;
export const womenAtDiscretion = 0.35;
export const womenOfDesignatedCountries = 0.3;

type Days = readonly [min: number, max: number];

export const bornYearsBefore = weighted<Days>([
  [[1, 15], 0.03],
  [[16, 24], 0.28],
  [[25, 34], 0.38],
  [[35, 44], 0.2],
  [[45, 59], 0.09],
  [[60, 80], 0.02],
]);

export type Purpose = RegistrantDataByType['ArrivalRegistered']['purposeCode'];
export interface VisitKind {
  readonly purpose: Purpose;
  readonly classes: readonly string[];
  /** Days of admission; absent where the admission is for the duration of status. */
  readonly admittedDays?: number;
  readonly stays: Weighted<Days>;
}

const shortStays = weighted<Days>([
  [[3, 14], 0.14],
  [[15, 29], 0.15],
  [[30, 75], 0.2],
  [[76, 175], 0.36],
  [[176, 600], 0.15],
]);
const longStays = weighted<Days>([
  [[30, 150], 0.15],
  [[151, 450], 0.4],
  [[451, 1500], 0.45],
]);

/** What people come for, in which classes, for how long. */
export const visitKinds: readonly (readonly [VisitKind, weight: number])[] = [
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
  [
    { purpose: 'crew', classes: ['D1'], admittedDays: 29, stays: weighted<Days>([[[1, 20], 1]]) },
    0.015,
  ],
  [
    { purpose: 'transit', classes: ['C1'], admittedDays: 29, stays: weighted<Days>([[[1, 5], 1]]) },
    0.01,
  ],
];
/** Purposes of those under 16. */
export const minorsVisits = weights('tourism 0.7, family 0.3');
/** Those called in were already in the country, most of them to study or to work. */
export const calledInVisits = weights(
  'tourism 0.25, business 0.08, study 0.35, exchange 0.06, work 0.26',
);
/** Days between the admission and the last day of admission of a group. */
export const admittedDaysBeforeCallIn = weighted<Days>([
  [[0, 200], 0.45],
  [[201, 700], 0.35],
  [[701, 2000], 0.2],
]);
export const staysAfterCallIn = weighted<Days>([
  [[3, 60], 0.04],
  [[61, 330], 0.12],
  [[331, 800], 0.42],
  [[801, 2000], 0.42],
]);
export const asylumClaimAfterNotice = 0.01;

/** How a person takes the rules; one for life, so that those who miss one duty tend to miss the next. */
export type Temperament = 'diligent' | 'tardy' | 'absent';
export const temperaments = weighted<Temperament>([
  ['diligent', 0.82],
  ['tardy', 0.1],
  ['absent', 0.08],
]);

export type Coming = 'too-early' | 'on-time' | 'late' | 'never';
export const interviewComing: Readonly<Record<Temperament, Weighted<Coming>>> = {
  diligent: weighted([
    ['too-early', 0.003],
    ['on-time', 0.84],
    ['late', 0.07],
    ['never', 0.087],
  ]),
  tardy: weighted([
    ['on-time', 0.4],
    ['late', 0.4],
    ['never', 0.2],
  ]),
  absent: weighted([
    ['on-time', 0.1],
    ['late', 0.1],
    ['never', 0.8],
  ]),
};
export const tooEarlyByDays = 6;
export const lateByDays = 45;
/** Once a duty was suspended hardly anyone came to fulfil it. */
export const comesAfterSuspension = 0.006;

export type Leaving = 'confirmed' | 'unregistered' | 'unrecorded';
export const leaving: Readonly<Record<Temperament, Weighted<Leaving>>> = {
  diligent: weighted([
    ['confirmed', 0.68],
    ['unregistered', 0.25],
    ['unrecorded', 0.07],
  ]),
  tardy: weighted([
    ['confirmed', 0.48],
    ['unregistered', 0.4],
    ['unrecorded', 0.12],
  ]),
  absent: weighted([
    ['confirmed', 0.2],
    ['unregistered', 0.52],
    ['unrecorded', 0.28],
  ]),
};
export const leavesByPortOfArrival = 0.6;
export const departureSources = weighted<
  RegistrantDataByType['UnregisteredDepartureRecorded']['source']
>([
  ['carrier-manifest', 0.93],
  ['consular-report', 0.05],
  ['other', 0.02],
]);

/** Coming back: how often, and after how many days; more than any lag of recording. */
export const returns = { chance: 0.3, daysAway: [20, 260], arrivalsMax: 12 } as const;
/** Somebody whom no designation names is registered again only if an officer decides so. */
export const discretionAtReturn = 0.25;

/** Changes a year of stay, before the published number of registrations cuts them down. */
export const changesAYear = { address: 0.42, employment: 0.1, school: 0.14 } as const;
export type Reporting = 'on-time' | 'late' | 'never';
export const changeReporting: Readonly<Record<Temperament, Weighted<Reporting>>> = {
  diligent: weighted([
    ['on-time', 0.8],
    ['late', 0.1],
    ['never', 0.1],
  ]),
  tardy: weighted([
    ['on-time', 0.35],
    ['late', 0.35],
    ['never', 0.3],
  ]),
  absent: weighted([
    ['on-time', 0.1],
    ['late', 0.1],
    ['never', 0.8],
  ]),
};
/** Changes that need no notice are reported all the same by so many. */
export const reportsUnasked = 0.06;
export const reportLateByDays = 60;
export const movesToAnotherState = 0.15;
/** An unreported change comes to light: at the next appearance, or by an inquiry after so many days. */
export const unreportedFound = {
  atAppearance: 0.5,
  byInquiry: 0.15,
  inquiryDays: [30, 200],
} as const;

/** Individual notices after December 2003: for each stay, a year, up to the last year of serving. */
export const notices = { aYear: 0.04, until: '2009-12-31', appearInDays: [7, 30] } as const;
export const noticeKept: Readonly<Record<Temperament, Weighted<Reporting>>> = {
  diligent: weighted([
    ['on-time', 0.92],
    ['late', 0.04],
    ['never', 0.04],
  ]),
  tardy: weighted([
    ['on-time', 0.5],
    ['late', 0.3],
    ['never', 0.2],
  ]),
  absent: weighted([
    ['on-time', 0.15],
    ['late', 0.1],
    ['never', 0.75],
  ]),
};

/** Exemptions of one person, for each stay. */
export const exemptions = { chance: 0.003, open: 0.3, lastDays: [60, 500] } as const;
/** Changes of status in stays of at least so many days. */
export const statusChanges = { minStayDays: 200, chance: 0.05, outside: 0.55 } as const;
export const statusesReached = weights('permanent-resident 86, asylee 9, refugee 1, citizen 4');
export const classesReached = weights('H1B 45, F1 20, L1 8, O1 5, B2 12, J1 10');

/** Of those whose duty was failed, the shares about whom something was decided, and after how many days. */
export const decisions = {
  goodCause: 0.04,
  wilfulness: 0.02,
  foundWilful: 0.6,
  proceedingsAfterWilful: 0.5,
  days: [5, 75],
  proceedingsDays: [5, 60],
} as const;
/** The presumption that an unregistered departure raises, rebutted at the next arrival or at a consulate. */
export const rebuttals = { atReturn: 0.15, atConsulate: 0.01, consulateDays: [20, 200] } as const;
/** Removal proceedings of those called in: so many days after the registration, most on the day itself. */
export const proceedingsDays = weighted<Days>([
  [[0, 0], 0.7],
  [[1, 14], 0.2],
  [[15, 60], 0.1],
]);
export const grounds = weights(
  'remained-longer-than-admitted 70, failed-to-maintain-status 22, worked-without-permission 8',
);

/** How much later than it happened something is recorded, in days, and how often. */
export const recordingLag = {
  appearance: { chance: 0.03, days: [1, 3] },
  arrival: { chance: 0.004, days: [1, 2] },
  departure: { chance: 0.01, days: [1, 2] },
  manifest: { chance: 1, days: [1, 4] },
  consular: { chance: 1, days: [5, 15] },
  letter: { chance: 0.8, days: [1, 6] },
  status: { chance: 0.9, days: [3, 45] },
} as const;
/** Slips of the pen that were corrected, and records of somebody else that were rescinded. */
export const slips = { chance: 0.006, days: [1, 90] } as const;
export const strays = { chance: 0.006, days: [1, 30] } as const;

/** Relative numbers of addresses by state. */
export const stateWeights = weights(
  'CA 20, NY 17, TX 11, FL 8, NJ 7, VA 6, IL 6, MI 5, MA 4, PA 3, MD 3, GA 3, OH 2, WA 2, AZ 1, CO 1, ' +
    'MN 1, MO 1, LA 1, HI 0.5, OR 0.7, OK 0.7, NE 0.4, ID 0.3, ME 0.3, AK 0.2, PR 0.3',
);
/** Offices that serve registrants of a state beside the one responsible for it. */
export const furtherOffices: Readonly<Record<string, Weighted<string>>> = {
  CA: weights('LOS 0.5, SFR 0.35, SDP 0.15'),
  NY: weights('NYC 0.85, BUF 0.15'),
  TX: weights('SNA 0.3, HOU 0.6, HLG 0.1'),
};
/** Relative numbers of arrivals by port. */
export const arrivalPorts = weights(
  'NYC 24, LOS 14, MIA 7, CHI 9, WAS 9, HOU 6, DET 5, SFR 7, ATL 5, BOS 4, DAL 4, NEW 6, SEA 3, PHI 2, ' +
    'OAK 0.5, CHM 2, PBB 2, SYS 1',
);
export const documented = 0.25;
export const contactGiven = 0.4;
export const findingsNoted = 0.12;

function each(weight: number, codes: string): readonly string[] {
  return codes.split(' ').map((code) => `${code} ${String(weight)}`);
}
