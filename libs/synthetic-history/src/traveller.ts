import { addDays, ageOn, type CivilDay } from '#libs/kernel';
import { belongsToGroup, type CallInGroup, designationsMatching, inForceOn } from '#libs/policy';
import type { Basis, Person } from '#libs/registry';
import { criteria } from '#libs/reference';
import { discretionFrom, enacted, keptByDay } from './asked.js';
import * as assumed from './assumptions.js';
import type { Random, Weighted } from './random.js';

export type VisitKind = (typeof assumed.visitKinds)[number][0];

/** A synthetic person: what rules look at, and how they take them. */
export interface Traveller {
  readonly index: number;
  readonly person: Person;
  readonly temperament: assumed.Temperament;
  readonly visit: VisitKind;
  readonly classOfAdmission: string;
  readonly usState: string;
}

/** A traveller who has no number yet. */
export type Attributes = Omit<Traveller, 'index'>;

/** What of a registration's basis is no personal content. */
export type OpenBasis = Pick<Basis, 'kind' | 'criteria'>;

const ATTEMPTS_MAX = 1000;

/** Draws until the person fits; the weights make that a matter of a few attempts. */
function drawUntil<Value>(draw: () => Value, fits: (value: Value) => boolean): Value {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const value = draw();
    if (fits(value)) return value;
  }
  throw new RangeError('The assumptions hold nobody who fits the enacted policy.');
}

/** Somebody whom the policy of that day registers on arrival, and the basis for it. */
export function drawArriving(
  day: CivilDay,
  random: Random,
): { readonly attributes: Attributes; readonly basis: OpenBasis } {
  const kind = day < discretionFrom ? 'designation' : random.weighted(assumed.arrivalBases);
  const person = drawUntil(
    () =>
      drawPerson(kind === 'designation' ? designatedOn(day) : anyNationals(random), day, random),
    (drawn) => isDesignated(drawn, day) === (kind === 'designation'),
  );
  const visitKinds =
    ageOn(person.bornOn, day) < 16 ? kindsOf(assumed.minorsVisitKinds) : assumed.visitKinds;
  return { attributes: attributesOf(person, visitKinds, random), basis: basisOf(kind, random) };
}

/** The basis on which somebody who comes back is registered; undefined where nobody decides to. */
export function basisAtReturn(
  person: Person,
  day: CivilDay,
  random: Random,
): OpenBasis | undefined {
  if (isDesignated(person, day)) return { kind: 'designation' };
  if (day < discretionFrom || !random.chance(assumed.discretionAtReturn)) return undefined;
  return basisOf('officer-discretion', random);
}

/** Somebody of the call-in group, and the day of the admission. */
export function drawCalledIn(
  group: CallInGroup,
  random: Random,
): { readonly attributes: Attributes; readonly admittedOn: CivilDay } {
  const { data, effectiveOn } = group.announced;
  const [min, max] = random.weighted(assumed.admittedDaysBeforeCallIn);
  const admittedOn = addDays(data.admittedOnOrBefore, -random.integer(min, max));
  const nationals = assumed.designatedNationals.filter(([code]) => group.countries.includes(code));
  const person = drawUntil(
    () => drawPerson(nationals, effectiveOn, random),
    (drawn) => belongsToGroup(group, { person: drawn, admittedOn }) && drawn.bornOn < admittedOn,
  );
  const attributes = attributesOf(person, kindsOf(assumed.calledInVisitKinds), random);
  return { attributes, admittedOn };
}

function attributesOf(person: Person, kinds: Weighted<VisitKind>, random: Random): Attributes {
  const visit = random.weighted(kinds);
  return {
    person,
    temperament: random.weighted(assumed.temperaments),
    visit,
    classOfAdmission: random.among(visit.classes),
    usState: random.weighted(assumed.stateWeights),
  };
}

function kindsOf(purposes: Weighted<string>): Weighted<VisitKind> {
  return assumed.visitKinds.flatMap(([kind]) => {
    const weight = purposes.find(([purpose]) => purpose === kind.purpose)?.[1];
    return weight === undefined ? [] : [[kind, weight] as const];
  });
}

function drawPerson(nationals: Weighted<string>, day: CivilDay, random: Random): Person {
  const nationality = random.weighted(nationals);
  const [youngest, oldest] = random.weighted(assumed.bornYearsBefore);
  const isNamed = assumed.designatedNationals.some(([code]) => code === nationality);
  const women = isNamed ? assumed.womenOfDesignatedCountries : assumed.womenAtDiscretion;
  const second = random.chance(assumed.secondNationality)
    ? [random.among(assumed.secondNationalities)].filter((code) => code !== nationality)
    : [];
  return {
    sex: random.chance(women) ? 'F' : 'M',
    bornOn: addDays(day, -random.integer(youngest * 366, oldest * 365 + 364)),
    nationalities: [nationality, ...second],
  };
}

function anyNationals(random: Random): Weighted<string> {
  return random.chance(assumed.namedCountryAtDiscretion)
    ? assumed.designatedNationals
    : assumed.otherNationals;
}

/** The nationals of whom some are designated on that day. */
const designatedOn = keptByDay((day): Weighted<string> => {
  const countries = inForceOn(enacted, 'ArrivalDesignationMade', day).flatMap(
    ({ data }) => data.countries,
  );
  return assumed.designatedNationals.filter(([code]) => countries.includes(code));
});

function isDesignated(person: Person, day: CivilDay): boolean {
  return designationsMatching(enacted, day, person).length > 0;
}

function basisOf(kind: Basis['kind'], random: Random): OpenBasis {
  if (kind !== 'officer-discretion') return { kind };
  const first = random.among(criteria).slug;
  const second = random.chance(assumed.secondCriterion) ? [random.among(criteria).slug] : [];
  return { kind, criteria: [first, ...second.filter((slug) => slug !== first)] };
}
