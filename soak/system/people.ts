import { eventId } from '#libs/kernel';
import { registrantCommandExamples } from '#libs/registry';

const { RegisterArrival: example, ConfirmDeparture } = registrantCommandExamples;

/** The body of `RegisterArrival` for the nth invented Iranian student; nothing in it is another's. */
export function arrivalOf(nth: number): typeof example {
  const number = String(nth).padStart(6, '0');
  return {
    ...example,
    registrantId: eventId('e2e-registrant', nth),
    fin: `9${number}`,
    admissionNumber: `90000${number}`,
    identity: {
      ...example.identity,
      familyName: `Zzyzxov${number}`,
      givenNames: 'Quillon',
      birthCountry: 'IR',
      passport: { number: `QX${number}`, country: 'IR' },
    },
  };
}

/** The body of `ConfirmDeparture` for the same person. */
export function departureOf(nth: number): typeof ConfirmDeparture {
  return { ...ConfirmDeparture, registrantId: arrivalOf(nth).registrantId };
}

/** The id of the command that registers the nth person. */
export function keyOf(nth: number): string {
  return eventId('e2e-command', nth);
}

/** The id of the command that confirms the same person's departure. */
export function departureKeyOf(nth: number): string {
  return eventId('e2e-departure', nth);
}
