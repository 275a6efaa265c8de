/**
 * Numbers that no two people, or admissions, share: an affine map modulo a prime has no collisions, and
 * looks like no sequence. All products stay below 2^53.
 */
const FIN_PRIME = 899_999_963;
const FIN_STEP = 7_654_321;
const ADMISSION_PRIME = 89_999_999_993;
const ADMISSION_STEP = 98_765;

/** More than anybody's facts. */
const FACTS_EACH = 256;

/** Nine digits, another one for each person. */
export function finOf(seed: number, personIndex: number): string {
  return String(100_000_000 + ((personIndex * FIN_STEP + seed) % FIN_PRIME));
}

/** Eleven digits, another one for each fact of each person. */
export function admissionNumberOf(seed: number, personIndex: number, ordinal: number): string {
  const place = personIndex * FACTS_EACH + ordinal;
  return String(10_000_000_000 + ((place * ADMISSION_STEP + seed) % ADMISSION_PRIME));
}
