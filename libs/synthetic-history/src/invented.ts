import type { ChangeKind } from '#libs/policy';
import type { Biometrics, Document, Identity, UsAddress, Visit } from '#libs/registry';
import * as assumed from './assumptions.js';
import type { Random } from './random.js';

/**
 * Invented personal content. Names are strings of syllables, streets and towns too; ZIP codes begin
 * with 000, which no place has; telephone numbers end in 555-01xx and mail addresses in example.org,
 * which are reserved for examples.
 */
const SYLLABLES = [
  ...['ba', 'cor', 'del', 'fen', 'gar', 'hul', 'jor', 'kel', 'lom', 'mir', 'nal', 'or', 'pex'],
  ...['qua', 'rin', 'sol', 'tav', 'ul', 'ven', 'wex', 'xan', 'yor', 'zim', 'bri', 'dro', 'fli'],
] as const;

const PURPOSES: Readonly<Record<string, string>> = {
  tourism: 'A journey to see the sights.',
  business: 'Meetings with a trading partner.',
  study: 'A course of study at a college.',
  exchange: 'An exchange between two universities.',
  work: 'Work for the petitioning employer.',
  family: 'A visit to relatives.',
  medical: 'Treatment at a clinic.',
  crew: 'Service aboard, until the vessel or aircraft leaves again.',
  transit: 'Passing through to another country.',
};

function word(random: Random, syllables: number): string {
  let text = '';
  for (let count = 0; count < syllables; count += 1) text += random.among(SYLLABLES);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function digits(random: Random, count: number): string {
  return String(random.integer(0, 10 ** count - 1)).padStart(count, '0');
}

export function inventIdentity(random: Random, nationality: string): Identity {
  return {
    birthCountry: nationality,
    familyName: word(random, 3),
    givenNames: random.chance(0.3) ? `${word(random, 2)} ${word(random, 2)}` : word(random, 2),
    passport: { country: nationality, number: `X${digits(random, 8)}` },
  };
}

export function inventVisit(random: Random, purposeCode: string, state: string): Visit {
  return {
    ...(random.chance(assumed.contactGiven) && {
      contact: {
        email: `${word(random, 3).toLowerCase()}@example.org`,
        name: `${word(random, 2)} ${word(random, 3)}`,
        phone: `+1 ${digits(random, 3)} 555 01${digits(random, 2)}`,
      },
    }),
    purpose: PURPOSES[purposeCode] ?? 'Not stated.',
    usAddress: inventAddress(random, state),
  };
}

/** The new address, employer or school. */
export function inventChange(random: Random, kind: ChangeKind, state: string): unknown {
  switch (kind) {
    case 'address':
      return inventAddress(random, state);
    case 'employment':
      return { employer: `${word(random, 3)} Company`, usAddress: inventAddress(random, state) };
    case 'school':
      return { name: `${word(random, 3)} College`, sevisId: `N0${digits(random, 9)}` };
  }
}

function inventAddress(random: Random, state: string): UsAddress {
  return {
    city: `${word(random, 2)} Town`,
    line1: `${String(random.integer(1, 9999))} ${word(random, 2)} Street`,
    ...(random.chance(0.3) && { line2: `Apartment ${String(random.integer(1, 400))}` }),
    state,
    zip: `000${digits(random, 2)}`,
  };
}

export function inventBiometrics(random: Random): Biometrics {
  return {
    fingerprintsRef: `prints-${digits(random, 12)}`,
    photographRef: `photo-${digits(random, 12)}`,
  };
}

export function inventDocuments(random: Random, country: string): readonly Document[] {
  return [{ country, kind: 'identity card', number: `N${digits(random, 9)}` }];
}
