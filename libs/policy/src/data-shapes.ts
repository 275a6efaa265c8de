import { type Shape, shape } from '#libs/kernel';
import { classesOfAdmission, countryCodes, criteria, portCodes } from '#libs/reference';
import {
  changeKinds,
  type Duty,
  type DutyTerms,
  dutyNames,
  type LawEventType,
  type PolicyDataByType,
} from './events.js';

const FIRST_DAY = '1900-01-01';
const LAST_DAY = '2100-12-31';
const GROUP_MAX = 99;
const AGE_MAX = 150;
const TERM_DAYS_MAX = 3650;
/** Half a year: with more on either side the window of one year would reach into the next. */
const DAYS_ABOUT_ANNIVERSARY_MAX = 182;
const GATES_MAX = 9999;

export const CLOSES_BEFORE_IT_OPENS = 'lies before the day on which the window opens';

/** A stable name in lower case, as `five-countries`. */
export const SLUG_PATTERN = '^(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*$';

export const slug: Shape = shape.matching(
  new RegExp(SLUG_PATTERN),
  'up to 100 lower-case letters and digits in words joined by hyphens',
);

/** A day of the law: near enough that no count of years or days leads beyond what a day can hold. */
export const day: Shape = (value, path) => {
  const issues = shape.day(value, path);
  if (issues.length > 0) return issues;
  const within = typeof value === 'string' && value >= FIRST_DAY && value <= LAST_DAY;
  return within ? [] : [{ path, problem: `must lie from ${FIRST_DAY} to ${LAST_DAY}` }];
};

const group = shape.integer(1, GROUP_MAX);
const termDays = shape.integer(0, TERM_DAYS_MAX);
const countries = shape.set(shape.oneOf(countryCodes), 1, countryCodes.length);
const sex = shape.oneOf(['M', 'F', 'X']);
const discretion = 'officer-discretion';
/** Call-in registration is in force through its announcements: nothing suspends, revives or moves it. */
const suspendable = dutyNames.filter((duty) => duty !== 'call-in-registration');
const suspendableDuties = shape.set(shape.oneOf(suspendable), 1, suspendable.length);

interface Joint<Data> {
  readonly rule: (data: Data, path: string) => ReturnType<Shape>;
}

/** The fields first; only where nothing is wrong with them, what they say together. */
function together<Data>(fields: Readonly<Record<string, Shape>>, joint: Joint<Data>): Shape {
  const alone = shape.object(fields);
  return (value, path) => {
    const issues = alone(value, path);
    return issues.length > 0 ? issues : joint.rule(value as Data, path);
  };
}

const noTerms = shape.object({});

const termsOf: Readonly<Record<Duty, Shape>> = {
  'arrival-registration': noTerms,
  'call-in-registration': noTerms,
  'follow-up-interview': together(
    { opensAfterDays: termDays, dueAfterDays: termDays },
    {
      rule: ({ opensAfterDays, dueAfterDays }: Required<DutyTerms>, path) =>
        dueAfterDays < opensAfterDays
          ? [{ path: `${path}.dueAfterDays`, problem: CLOSES_BEFORE_IT_OPENS }]
          : [],
    },
  ),
  'annual-reregistration': shape.object({
    daysBefore: shape.integer(0, DAYS_ABOUT_ANNIVERSARY_MAX),
    daysAfter: shape.integer(0, DAYS_ABOUT_ANNIVERSARY_MAX),
    leapDayAnniversary: shape.oneOf(['02-28', '03-01']),
  }),
  'change-notice': shape.object({ dueAfterDays: termDays, presentAtLeastDays: termDays }),
  'departure-registration': noTerms,
  'notice-interview': noTerms,
};

export const anyObject: Shape = (value, path) =>
  shape.isPlainObject(value) ? [] : [{ path, problem: 'must be an object' }];

/** What the `data` of each type must look like, apart from the days of the event around it. */
export const dataShapes: Readonly<Record<LawEventType, Shape>> = {
  MilestoneNoted: shape.object({}),
  DutyEnacted: together(
    { duty: shape.oneOf(dutyNames), terms: anyObject },
    {
      rule: ({ duty, terms }: PolicyDataByType['DutyEnacted'], path) =>
        termsOf[duty](terms, `${path}.terms`),
    },
  ),
  ArrivalDesignationMade: together(
    {
      designation: slug,
      countries,
      sex: shape.optional(sex),
      minAge: shape.optional(shape.integer(0, AGE_MAX)),
      maxAge: shape.optional(shape.integer(0, AGE_MAX)),
    },
    {
      rule: ({ minAge = 0, maxAge = AGE_MAX }: { minAge?: number; maxAge?: number }, path) =>
        maxAge < minAge ? [{ path: `${path}.maxAge`, problem: 'lies below minAge' }] : [],
    },
  ),
  ArrivalDiscretionAuthorised: together(
    {
      kinds: shape.set(shape.oneOf(['lookout', discretion]), 1, 2),
      criteria: shape.set(shape.oneOf(criteria.map(({ slug: name }) => name)), 0, criteria.length),
    },
    {
      rule: (data: PolicyDataByType['ArrivalDiscretionAuthorised'], path) =>
        data.kinds.includes(discretion) && data.criteria.length === 0
          ? [{ path: `${path}.criteria`, problem: `must name one at least for ${discretion}` }]
          : [],
    },
  ),
  CallInAnnounced: shape.object({
    group,
    countries,
    sex,
    bornOnOrBefore: day,
    admittedOnOrBefore: day,
    closesOn: day,
    asylumFiledOnOrBefore: day,
  }),
  CallInExtended: shape.object({ group, closesOn: day }),
  CallInReopened: shape.object({ groups: shape.set(group, 1, GROUP_MAX), closesOn: day }),
  CallInCountriesRescinded: shape.object({ group, countries }),
  DeparturePortsDesignated: shape.object({
    ports: shape.set(shape.oneOf(portCodes), 1, portCodes.length),
  }),
  DutyExemptionMade: together(
    {
      duty: shape.oneOf(dutyNames),
      classes: shape.set(shape.oneOf(classesOfAdmission), 1, classesOfAdmission.length),
      changeKinds: shape.optional(shape.set(shape.oneOf(changeKinds), 1, changeKinds.length)),
    },
    {
      rule: (data: PolicyDataByType['DutyExemptionMade'], path) =>
        data.changeKinds && data.duty !== 'change-notice'
          ? [{ path: `${path}.changeKinds`, problem: 'is a field of change-notice only' }]
          : [],
    },
  ),
  DomesticRegistrationSuspended: shape.object({
    duties: suspendableDuties,
    deadlineOnEffectiveDay: shape.oneOf(['released', 'owed']),
  }),
  DomesticRegistrationReinstated: shape.object({ duties: suspendableDuties }),
  UsVisitLaunched: shape.object({
    airports: shape.integer(0, GATES_MAX),
    seaports: shape.integer(0, GATES_MAX),
  }),
  DutyMovedToUsVisit: shape.object({ duty: shape.oneOf(suspendable) }),
  ProgrammeDelisted: shape.object({}),
  RegulationRemoved: shape.object({}),
};
