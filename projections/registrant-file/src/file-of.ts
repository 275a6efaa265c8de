import type { CivilDay } from '#libs/kernel';
import {
  addressFacts,
  admissionOf,
  type Fact,
  type FactType,
  isRegistration,
  personAtFacts,
  responsibleOffice,
  type Stay,
  statusesOutside,
  statusOn,
  type UsAddress,
} from '#libs/registry';
import { nameKeysOf, passportKeysOf } from './search-keys.js';
import type {
  ExemptionInFile,
  LastFact,
  NoticeInFile,
  RegistrantFile,
  RegistrantView,
  StayInFile,
} from './view.js';

/** Behind every day: an admission without an end, as students have it, never runs out. */
const NO_END: CivilDay = '9999-12-31';

/** What the facts (in legal order) and the stays say, without what only the events say. */
export type Told = Omit<RegistrantFile, 'registrantId' | 'revision'> &
  Pick<
    RegistrantView,
    'nationalities' | 'lastSeen' | 'admittedThrough' | 'fins' | 'passportKeys' | 'nameKeys'
  >;

/** Everything that the file shows and is found by. */
export function toldBy(facts: readonly Fact[], stays: readonly Stay[]): Told {
  const office = responsibleOffice(facts);
  return {
    ...personTold(facts),
    ...addressTold(facts),
    ...lastStayTold(stays.at(-1)),
    ...(office !== undefined && { office }),
    stays: stays.map(stayInFile),
    notices: noticesTold(facts),
    exemptions: exemptionsTold(facts),
    counts: countsOf(facts),
    lastFacts: lastFactsOf(facts),
    ...keysTold(facts),
  };
}

function latest<Item, Value>(
  items: readonly Item[],
  told: (item: Item) => Value | undefined,
): Value | undefined {
  return items.reduce<Value | undefined>((value, item) => told(item) ?? value, undefined);
}

function personTold(facts: readonly Fact[]) {
  const registrations = facts.filter(isRegistration);
  const person = latest(registrations, ({ data }) => data.person);
  const identity = latest(registrations, ({ data }) => data.identity);
  const fin = latest(registrations, ({ data }) => data.fin);
  const last = registrations.at(-1);
  const contact = last?.data.visit?.contact;
  const registeredOn = registrations[0]?.day;
  return {
    ...(person && { person }),
    ...(identity && { identity }),
    ...(fin !== undefined && { fin }),
    ...(last && { purposeCode: last.data.purposeCode }),
    ...(contact && { contact }),
    ...(registeredOn !== undefined && { registeredOn }),
  };
}

function addressTold(facts: readonly Fact[]) {
  const last = addressFacts(facts).at(-1);
  if (!last) return {};
  const { usState } = last.data;
  // The codec has checked the value against its kind.
  const address = isRegistration(last)
    ? last.data.visit?.usAddress
    : (last.data.value as UsAddress | undefined);
  return { ...(address && { address }), ...(usState !== undefined && { usState }) };
}

function lastStayTold(stay: Stay | undefined) {
  if (!stay) return {};
  const { port, classOfAdmission, admittedUntil } = admissionOf(stay);
  const status = statusOn(stay, NO_END);
  const isOutside = statusesOutside.some((outside) => outside === status);
  return {
    port,
    classOfAdmission,
    status,
    ...(admittedUntil !== undefined && { admittedUntil }),
    admittedThrough: isOutside ? NO_END : (admittedUntil ?? NO_END),
    lastSeen: lastSeenIn(stay),
  };
}

function lastSeenIn({ departure }: Stay): NonNullable<RegistrantView['lastSeen']> {
  if (!departure) return 'present';
  return departure.type === 'DepartureConfirmed' ? 'departed' : 'departed-unregistered';
}

function stayInFile(stay: Stay): StayInFile {
  const { from, until, departure } = stay;
  const { port, classOfAdmission, admittedUntil } = admissionOf(stay);
  return {
    from,
    ...(until !== undefined && { until }),
    port,
    classOfAdmission,
    ...(admittedUntil !== undefined && { admittedUntil }),
    ...(departure && { departure: departureInFile(departure) }),
  };
}

function departureInFile({ type, data }: NonNullable<Stay['departure']>) {
  return {
    registered: type === 'DepartureConfirmed',
    ...(data.port !== undefined && { port: data.port }),
  };
}

/** Of several notices of one id, which only a file may hold, the first counts. */
function noticesTold(facts: readonly Fact[]): readonly NoticeInFile[] {
  const served = facts.filter((fact) => fact.type === 'IndividualNoticeServed');
  const interviews = facts.filter((fact) => fact.type === 'NoticeInterviewCompleted');
  return served
    .filter(({ data }, at) => served.findIndex((each) => isOfNotice(each, data)) === at)
    .map(({ day, data }) => {
      const interview = interviews.find((each) => isOfNotice(each, data));
      return {
        noticeId: data.noticeId,
        servedOn: day,
        appearOn: data.appearOn,
        ...(interview && { interviewedOn: interview.day }),
      };
    });
}

interface OfNotice {
  readonly noticeId: string;
}

function isOfNotice({ data }: { readonly data: OfNotice }, { noticeId }: OfNotice): boolean {
  return data.noticeId === noticeId;
}

function exemptionsTold(facts: readonly Fact[]): readonly ExemptionInFile[] {
  return facts
    .filter((fact) => fact.type === 'ExemptionGranted')
    .map(({ data: { duties, from, until, authority } }) => ({
      duties,
      from,
      ...(until !== undefined && { until }),
      authority,
    }));
}

function countsOf(facts: readonly Fact[]): RegistrantFile['counts'] {
  const counts: Partial<Record<FactType, number>> = {};
  for (const { type } of facts) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function lastFactsOf(facts: readonly Fact[]): RegistrantFile['lastFacts'] {
  const last: Partial<Record<FactType, LastFact>> = {};
  for (const { type, day, id } of facts) last[type] = { day, eventId: id };
  return last;
}

/** What the person is found by: every number and name that was ever told and still stands. */
function keysTold(facts: readonly Fact[]) {
  const persons = personAtFacts(facts);
  const registrations = facts.filter(isRegistration).reverse();
  const keys = registrations.map((fact) => {
    const { identity, documents = [], fin } = fact.data;
    const bornOn = persons.get(fact.id)?.bornOn;
    const passports = [
      ...(identity ? [identity.passport] : []),
      ...documents.filter(({ kind }) => kind.toLowerCase() === 'passport'),
    ];
    return {
      fins: told(fin),
      admissionNumbers: told(admissionNumberOf(fact)),
      passportKeys: passports.flatMap((passport) => passportKeysOf(passport)),
      nameKeys: identity && bornOn !== undefined ? nameKeysOf(identity, bornOn) : [],
    };
  });
  return {
    nationalities: latest(facts, ({ id }) => persons.get(id)?.nationalities) ?? [],
    fins: distinct(keys.flatMap(({ fins }) => fins)),
    admissionNumbers: distinct(keys.flatMap(({ admissionNumbers }) => admissionNumbers)),
    passportKeys: distinct(keys.flatMap(({ passportKeys }) => passportKeys)),
    nameKeys: distinct(keys.flatMap(({ nameKeys }) => nameKeys)),
  };
}

function admissionNumberOf(
  fact: Fact<'ArrivalRegistered' | 'CallInRegistrationCompleted'>,
): string | undefined {
  return fact.type === 'ArrivalRegistered'
    ? fact.data.admissionNumber
    : fact.data.admission.admissionNumber;
}

function told(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
