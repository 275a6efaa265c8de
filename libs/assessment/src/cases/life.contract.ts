import type { CivilDay } from '#libs/kernel';
import type { Person, RegistrantDataByType } from '#libs/registry';
import {
  aCallIn,
  aDeparture,
  aFact,
  anArrival,
  anInterview,
  anUnregisteredDeparture,
  aReregistration,
  recordedId,
  type SpecEvent,
  specStream,
} from '#libs/spec';

/** What follows a verb and its day: `key=value`, and words that stand alone. */
type Said = ReadonlyMap<string, string>;
type Verb = (day: CivilDay, said: Said) => SpecEvent;

/** A man of 28 from Iran, where the row says nothing else. */
function personSaid(said: Said): Person {
  return {
    sex: (said.get('sex') ?? 'M') as Person['sex'],
    bornOn: said.get('born') ?? '1975-03-14',
    nationalities: (said.get('of') ?? 'IR').split('+'),
  };
}

/** `unknown` leaves the attributes of the person out of the record. */
function withPerson<Data extends { readonly person?: Person }>(data: Data, said: Said): Data {
  if (!said.has('unknown')) return { ...data, person: personSaid(said) };
  const { person: _person, ...rest } = data;
  return rest as Data;
}

function basisSaid(said: Said): RegistrantDataByType['ArrivalRegistered']['basis'] {
  if (said.has('lookout')) return { kind: 'lookout', lookoutRef: 'invented' };
  const criteria = said.get('discretion');
  return criteria === undefined
    ? { kind: 'designation' }
    : { kind: 'officer-discretion', criteria: criteria.split('+'), reason: 'invented' };
}

/** An id for each letter by which a row names a notice. */
function noticeIdOf(letter: string): string {
  return `00000000-0000-4000-8000-${letter.charCodeAt(0).toString(16).padStart(12, '0')}`;
}

function changeSaid(said: Said) {
  const state = said.get('state');
  return {
    kind: (said.get('kind') ?? 'address') as 'address',
    changedOn: said.get('changed') ?? '',
    ...(state !== undefined && { usState: state }),
  };
}

/** `for=duty`, `anchor=day` and what else names the obligation. */
function obligationSaid(said: Said) {
  const kind = said.get('kind');
  const id = said.get('id');
  return {
    duty: said.get('for') as 'follow-up-interview',
    anchorOn: said.get('anchor') ?? '',
    ...(said.has('year') && { year: Number(said.get('year')) }),
    ...(kind !== undefined && { kind: kind as 'address' }),
    ...(id !== undefined && { noticeId: noticeIdOf(id) }),
  };
}

const reliedOn = { status: '', opensOn: '', dueOn: '', policyHash: '', rulesVersion: '' };

const verbs: Readonly<Record<string, Verb>> = {
  arrived: (arrivedOn, said) => {
    const admittedUntil = said.get('until');
    const { type, data } = anArrival({
      arrivedOn,
      port: said.get('port') ?? 'NYC',
      classOfAdmission: said.get('class') ?? 'F1',
      usState: said.get('state') ?? 'VA',
      basis: basisSaid(said),
      ...(admittedUntil !== undefined && { admittedUntil }),
    });
    return { type, data: withPerson(data, said) };
  },
  'called-in': (registeredOn, said) => {
    const admittedUntil = said.get('until');
    const asylumClaimFiledOn = said.get('asylum');
    const { type, data } = aCallIn({
      registeredOn,
      office: said.get('office') ?? 'WAS',
      group: Number(said.get('group') ?? 1),
      ...(asylumClaimFiledOn !== undefined && { asylumClaimFiledOn }),
      admission: {
        admittedOn: said.get('admitted') ?? '2002-08-20',
        port: said.get('port') ?? 'NYC',
        classOfAdmission: said.get('class') ?? 'F1',
        admissionNumber: '90000000002',
        ...(admittedUntil !== undefined && { admittedUntil }),
      },
    });
    return { type, data: withPerson(data, said) };
  },
  interview: (interviewedOn, said) =>
    anInterview({ interviewedOn, office: said.get('office') ?? 'WAS' }),
  reregistered: (reregisteredOn, said) =>
    aReregistration({ reregisteredOn, office: said.get('office') ?? 'WAS' }),
  reported: (reportedOn, said) => aFact('ChangeReported', { ...changeSaid(said), reportedOn }),
  found: (foundOn, said) => aFact('UnreportedChangeFound', { ...changeSaid(said), foundOn }),
  departed: (departedOn, said) => aDeparture({ departedOn, port: said.get('port') ?? 'NYC' }),
  left: (departedOn) => anUnregisteredDeparture({ departedOn }),
  notice: (servedOn, said) =>
    aFact('IndividualNoticeServed', {
      noticeId: noticeIdOf(said.get('id') ?? 'a'),
      servedOn,
      appearOn: said.get('appear') ?? servedOn,
    }),
  appeared: (interviewedOn, said) =>
    aFact('NoticeInterviewCompleted', {
      noticeId: noticeIdOf(said.get('id') ?? 'a'),
      interviewedOn,
      office: said.get('office') ?? 'WAS',
    }),
  exempt: (from, said) => {
    const until = said.get('until');
    const duties = (said.get('from') ?? '').split('+') as 'follow-up-interview'[];
    const authority = 'invented';
    return aFact('ExemptionGranted', {
      duties,
      from,
      authority,
      ...(until !== undefined && { until }),
    });
  },
  became: (changedOn, said) =>
    aFact('StatusChanged', { to: said.get('to') as 'citizen', changedOn }),
  'good-cause': (decidedOn, said) =>
    aFact('GoodCauseAccepted', { obligation: obligationSaid(said), decidedOn, reliedOn }),
  'found-wilful': (decidedOn, said) =>
    aFact('WilfulnessDetermined', {
      obligation: obligationSaid(said),
      wilful: true,
      decidedOn,
      reliedOn,
    }),
};

/**
 * One fact as a row writes it: `verb day key=value …`, as `arrived 2003-06-01 class=B2 of=IR+FR`.
 * `known=day` says when the registry learned of it; without it, on its own day.
 */
function factWritten(text: string): SpecEvent {
  const [verb = '', day = '', ...rest] = text.trim().split(/\s+/);
  const said = new Map(
    rest.map((word) => {
      const [key = '', value = ''] = word.split('=');
      return [key, value];
    }),
  );
  const tell = verbs[verb];
  if (!tell) throw new Error(`No verb of these rows: "${verb}" in "${text}".`);
  return knownOn(tell(day, said), said.get('known'));
}

function knownOn(event: SpecEvent, day: CivilDay | undefined): SpecEvent {
  return day === undefined ? event : { ...event, recordedAt: `${day}T12:00:00.000Z` };
}

/** `correct n day: fact` and `rescind n day`: n counts the facts of the row from 0; day is that of recording. */
function clericalWritten(text: string): SpecEvent | undefined {
  const [, act, number, day, whole] =
    /^(correct|rescind) (\d+) (\d{4}-\d{2}-\d{2})(?:: (.*))?$/.exec(text.trim()) ?? [];
  if (act === undefined) return undefined;
  const eventId = recordedId(specStream, Number(number));
  if (act === 'rescind') return knownOn(aFact('RecordRescinded', { eventId }), day);
  const { type, data } = factWritten(whole ?? '');
  const corrected = { type, version: 1, data } as never;
  return knownOn(aFact('RecordCorrected', { eventId, corrected }), day);
}

/** The facts of a life in the order of the log, written one after the other with `;` between. */
export function lifeWritten(text: string): readonly SpecEvent[] {
  return text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => clericalWritten(part) ?? factWritten(part));
}
