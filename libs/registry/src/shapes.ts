import { type Shape, shape, type ShapeIssue } from '#libs/kernel';
import { changeKinds, type Duty, dutyNames } from '#libs/policy';
import {
  classesOfAdmission,
  countryCodes,
  officeCodes,
  portCodes,
  stateCodes,
} from '#libs/reference';
import type { Basis, ObligationKey } from './events.js';
import { basisKinds } from './events.js';

const FIRST_DAY = '1880-01-01';
const LAST_DAY = '2100-12-31';
const GROUP_MAX = 99;
const SAME_FIN_MAX = 20;
const LONG_TEXT = 1000;
export const FINDINGS_MAX = 2000;

/** A field that is stored encrypted: absent where it has not been opened, or was never given. */
export const personal = shape.optional;

/**
 * The fields first; only where nothing is wrong with them, what they say together. The rule takes the
 * type that the fields make.
 */
export function together(
  fields: Readonly<Record<string, Shape>>,
  rule: (data: never, path: string) => readonly ShapeIssue[],
): Shape {
  const alone = shape.object(fields);
  return (value, path) => {
    const issues = alone(value, path);
    return issues.length > 0 ? issues : rule(value as never, path);
  };
}

/** A day near enough that no count of years or days leads beyond what a day can hold. */
export const day: Shape = (value, path) => {
  const issues = shape.day(value, path);
  if (issues.length > 0) return issues;
  const within = (value as string) >= FIRST_DAY && (value as string) <= LAST_DAY;
  return within ? [] : [{ path, problem: `must lie from ${FIRST_DAY} to ${LAST_DAY}` }];
};

const country = shape.oneOf(countryCodes);
export const port = shape.oneOf(portCodes);
export const office = shape.oneOf(officeCodes);
export const usState = shape.oneOf(stateCodes);
export const classOfAdmission = shape.oneOf(classesOfAdmission);
export const group = shape.integer(1, GROUP_MAX);
export const fin = shape.matching(/^\d{7,10}$/, '7 to 10 digits');
export const admissionNumber = shape.matching(/^\d{11}$/, '11 digits');
export const distinctFrom = shape.set(shape.uuid, 1, SAME_FIN_MAX);
export const duties = shape.set(shape.oneOf(dutyNames), 1, dutyNames.length);
export const changeKind = shape.oneOf(changeKinds);

export const person = shape.object({
  sex: shape.oneOf(['M', 'F', 'X']),
  bornOn: day,
  nationalities: shape.set(country, 1, 5),
});

export const usAddress = shape.object({
  line1: shape.text(),
  line2: shape.optional(shape.text()),
  city: shape.text(),
  state: usState,
  zip: shape.matching(/^\d{5}(\d{4})?$/, '5 or 9 digits'),
});

export const identity = shape.object({
  familyName: shape.text(),
  givenNames: shape.text(),
  birthCountry: country,
  passport: shape.object({ number: shape.text(), country }),
});

export const visit = shape.object({
  purpose: shape.text(LONG_TEXT),
  background: shape.optional(shape.text(LONG_TEXT)),
  usAddress,
  contact: shape.optional(
    shape.object({
      name: shape.optional(shape.text()),
      phone: shape.optional(shape.text()),
      email: shape.optional(shape.text()),
    }),
  ),
  itinerary: shape.optional(shape.text(LONG_TEXT)),
});

export const biometrics = shape.object({
  fingerprintsRef: shape.text(),
  photographRef: shape.text(),
});

export const documents = shape.list(
  shape.object({ kind: shape.text(), number: shape.text(), country: shape.optional(country) }),
  0,
  20,
);

/** Which criteria are in force is policy; here they need only look like one. */
const criterion = shape.matching(
  /^(?=.{1,100}$)[a-z0-9]+(-[a-z0-9]+)*$/,
  'up to 100 lower-case letters and digits in words joined by hyphens',
);

export const basis = together(
  {
    kind: shape.oneOf(basisKinds),
    criteria: shape.optional(shape.set(criterion, 1, 20)),
    lookoutRef: personal(shape.text()),
    reason: personal(shape.text(FINDINGS_MAX)),
  },
  ({ kind, criteria }: Basis, path) =>
    kind === 'officer-discretion' && criteria === undefined
      ? [{ path: `${path}.criteria`, problem: 'must name one at least for officer-discretion' }]
      : [],
);

/** What tells further obligations of one duty and one anchor day apart. */
const furtherField: Readonly<Partial<Record<Duty, 'year' | 'kind' | 'noticeId'>>> = {
  'annual-reregistration': 'year',
  'change-notice': 'kind',
  'notice-interview': 'noticeId',
};

export const obligation = together(
  {
    duty: shape.oneOf(dutyNames),
    anchorOn: day,
    year: shape.optional(shape.integer(1, 200)),
    kind: shape.optional(changeKind),
    noticeId: shape.optional(shape.uuid),
  },
  (key: ObligationKey, path) => {
    const needed = furtherField[key.duty];
    return (['year', 'kind', 'noticeId'] as const).flatMap((field) => {
      if ((key[field] !== undefined) === (field === needed)) return [];
      const problem = field === needed ? 'is missing' : `is no field of ${key.duty}`;
      return [{ path: `${path}.${field}`, problem }];
    });
  },
);

export const reliedOn = shape.object({
  status: shape.text(),
  opensOn: day,
  dueOn: day,
  policyHash: shape.matching(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
  rulesVersion: shape.text(),
});
