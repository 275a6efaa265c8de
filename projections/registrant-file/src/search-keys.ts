import type { CivilDay } from '#libs/kernel';
import type { Identity } from '#libs/registry';

/** By so many characters a name or number is told apart; a key of the store has a bounded length. */
const COMPARED_MAX = 100;

/** Letters that Unicode does not take apart into a letter and a mark, and that people do. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ŧ: 't' },
  ς: 'σ',
};

/** A name without case, accents, punctuation and doubled spaces. */
export function plainName(name: string): string {
  const letters = name.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return shortened(
    Array.from(letters, (letter) => PLAIN_LETTERS[letter] ?? letter)
      .join('')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .normalize('NFC'),
  );
}

/** A number of a document without case, spaces and punctuation. */
function plainNumber(number: string): string {
  const characters = number.normalize('NFKC').toUpperCase();
  return shortened(characters.replace(/[^\p{L}\p{N}]/gu, ''));
}

function shortened(text: string): string {
  return Array.from(text).slice(0, COMPARED_MAX).join('');
}

/** The key of a name as it is asked for: with the given names, where they are known. */
export function nameKey(
  name: { readonly familyName: string; readonly givenNames?: string },
  bornOn: CivilDay,
): string {
  const given = name.givenNames === undefined ? '' : `, ${plainName(name.givenNames)}`;
  return `${bornOn} ${plainName(name.familyName)}${given}`;
}

/** The key of a passport as it is asked for: with its country, where that is known. */
export function passportKey(passport: {
  readonly number: string;
  readonly country?: string;
}): string {
  const country = passport.country === undefined ? '' : `/${passport.country}`;
  return `${plainNumber(passport.number)}${country}`;
}

/** Every key by which a name may be asked for. */
export function nameKeysOf(identity: Identity, bornOn: CivilDay): readonly string[] {
  const { familyName, givenNames } = identity;
  return [nameKey({ familyName }, bornOn), nameKey({ familyName, givenNames }, bornOn)];
}

/** Every key by which a passport may be asked for. */
export function passportKeysOf(passport: {
  readonly number: string;
  readonly country?: string;
}): readonly string[] {
  const { number, country } = passport;
  return country === undefined
    ? [passportKey(passport)]
    : [passportKey({ number }), passportKey({ number, country })];
}
