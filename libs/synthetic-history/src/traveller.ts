import { addDays, ageOn, type CivilDay, fromDayNumber } from '#libs/kernel';
import { belongsToGroup, type CallInGroup } from '#libs/policy';
import type { Basis, Person } from '#libs/registry';
import { designatedCountriesOn, discretionFrom, firstDesignated, isDesignated } from './asked.js';
import * as assumed from './assumptions.js';
import type { FirstRegistration } from './first-registrations.js';
import type { Nationalities } from './nationalities.js';
import { only, type Random, type Weighted, weighted } from './random.js';

/** A synthetic person: what rules look at, and how they take them. */
export interface Traveller {
  readonly person: Person;
  readonly temperament: assumed.Temperament;
  readonly visit: assumed.VisitKind;
  readonly classOfAdmission: string;
  readonly usState: string;
}

/** What of a registration's basis is no personal content. */
export type OpenBasis = Pick<Basis, 'kind' | 'criteria'>;

/** Which nationalities a person may have. */
export interface Origins {
  readonly nationalities: Nationalities;
  readonly first: FirstRegistration;
}

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
  dayNumber: number,
  origins: Origins,
  random: Random,
): { readonly traveller: Traveller; readonly basis: OpenBasis } {
  const day = fromDayNumber(dayNumber);
  const kind = basisKind(dayNumber, origins, random);
  const nationals = nationalsFor(kind, dayNumber, origins);
  const person = drawUntil(
    () => drawPerson(nationals(random), { day, origins }, random),
    (drawn) => isDesignated(drawn, dayNumber) === (kind === 'designation'),
  );
  const kinds = ageOn(person.bornOn, day) < 16 ? minorsVisitKinds : visitKinds;
  return { traveller: travellerOf(person, kinds, random), basis: basisOf(kind, random) };
}

function basisKind(day: number, { nationalities, first }: Origins, random: Random): Basis['kind'] {
  if (day < discretionFrom) return 'designation';
  const kind = random.weighted(assumed.arrivalBases);
  if (!first.isFirstOfNationality) {
    // Where only nationals of the first designation are known yet, nobody is left to discretion.
    return first.turns > firstDesignated.length ? kind : 'designation';
  }
  const countries = designatedCountriesOn(day);
  if (countries.includes(nationalities.ofTurn(first.turns))) return 'designation';
  return kind === 'designation' ? 'officer-discretion' : kind;
}

/** From where somebody may be who is registered on such a basis. */
function nationalsFor(
  kind: Basis['kind'],
  day: number,
  { nationalities, first: { turns, isFirstOfNationality } }: Origins,
): (random: Random) => string {
  if (isFirstOfNationality) return () => nationalities.ofTurn(turns);
  if (kind === 'designation') {
    const countries = designatedCountriesOn(day);
    const known = nationalities.among('designated', turns);
    return (random) =>
      drawUntil(
        () => random.weighted(known),
        (code) => countries.includes(code),
      );
  }
  const named = nationalities.among('notAllDesignated', turns);
  const others = nationalities.among('others', turns);
  if (others.values.length === 0) return (random) => random.weighted(named);
  return (random) =>
    random.weighted(random.chance(assumed.namedCountryAtDiscretion) ? named : others);
}

/** The basis on which somebody who comes back is registered; undefined where nobody decides to. */
export function basisAtReturn(person: Person, day: number, random: Random): OpenBasis | undefined {
  if (isDesignated(person, day)) return { kind: 'designation' };
  if (day < discretionFrom || !random.chance(assumed.discretionAtReturn)) return undefined;
  return basisOf('officer-discretion', random);
}

/** Somebody of the call-in group, and the day of the admission. */
export function drawCalledIn(
  group: CallInGroup,
  origins: Origins,
  random: Random,
): { readonly traveller: Traveller; readonly admittedOn: CivilDay } {
  const { data, effectiveOn: day } = group.announced;
  const daysBefore = random.within(random.weighted(assumed.admittedDaysBeforeCallIn));
  const admittedOn = addDays(data.admittedOnOrBefore, -daysBefore);
  const nationals = nationalsOf(group);
  const person = drawUntil(
    () => drawPerson(random.weighted(nationals), { day, origins }, random),
    (drawn) => belongsToGroup(group, { person: drawn, admittedOn }) && drawn.bornOn < admittedOn,
  );
  return { traveller: travellerOf(person, calledInVisitKinds, random), admittedOn };
}

const nationalsByGroup = new Map<number, Weighted<string>>();

function nationalsOf({ group, countries }: CallInGroup): Weighted<string> {
  const kept = nationalsByGroup.get(group);
  if (kept) return kept;
  const fresh = only(assumed.designatedNationals, (code) => countries.includes(code));
  nationalsByGroup.set(group, fresh);
  return fresh;
}

function travellerOf(
  person: Person,
  kinds: Weighted<assumed.VisitKind>,
  random: Random,
): Traveller {
  const visit = random.weighted(kinds);
  return {
    person,
    temperament: random.weighted(assumed.temperaments),
    visit,
    classOfAdmission: random.among(visit.classes),
    usState: random.weighted(assumed.stateWeights),
  };
}

const visitKinds = weighted(assumed.visitKinds);
const minorsVisitKinds = kindsOf(assumed.minorsVisits);
const calledInVisitKinds = kindsOf(assumed.calledInVisits);

function kindsOf({ values, upTo }: Weighted<string>): Weighted<assumed.VisitKind> {
  return weighted(
    assumed.visitKinds.flatMap(([kind]) => {
      const at = values.indexOf(kind.purpose);
      return at < 0 ? [] : [[kind, (upTo[at] ?? 0) - (upTo[at - 1] ?? 0)] as const];
    }),
  );
}

function drawPerson(
  nationality: string,
  { day, origins }: { readonly day: CivilDay; readonly origins: Origins },
  random: Random,
): Person {
  const [youngest, oldest] = random.weighted(assumed.bornYearsBefore);
  const isNamed = namedCountries.has(nationality);
  const women = isNamed ? assumed.womenOfDesignatedCountries : assumed.womenAtDiscretion;
  return {
    bornOn: addDays(day, -random.integer(youngest * 366, oldest * 365 + 364)),
    nationalities: nationalitiesOf(nationality, origins, random),
    sex: random.chance(women) ? 'F' : 'M',
  };
}

/** The second one is never the first of its kind in the registry: whose turn it is, is planned. */
function nationalitiesOf(
  nationality: string,
  { nationalities, first }: Origins,
  random: Random,
): readonly string[] {
  if (!random.chance(assumed.secondNationality)) return [nationality];
  const known = nationalities.among('second', first.turns);
  if (known.values.length === 0) return [nationality];
  const second = random.weighted(known);
  if (second === nationality) return [nationality];
  return random.chance(assumed.otherNationalityFirst)
    ? [second, nationality]
    : [nationality, second];
}

const namedCountries: ReadonlySet<string> = new Set(assumed.designatedNationals.values);

function basisOf(kind: Basis['kind'], random: Random): OpenBasis {
  if (kind !== 'officer-discretion') return { kind };
  const first = random.weighted(assumed.criterionWeights);
  const second = random.chance(assumed.secondCriterion)
    ? [random.weighted(assumed.criterionWeights)]
    : [];
  return { criteria: [first, ...second.filter((slug) => slug !== first)], kind };
}
