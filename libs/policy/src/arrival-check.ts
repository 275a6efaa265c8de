import type { CivilDay } from '#libs/kernel';
import { isExcludedClass } from '#libs/reference';
import { type Duty, dutyNames } from './events.js';
import type { Policy } from './fold.js';
import {
  classExemption,
  designationsMatching,
  dutyInForce,
  inForceOn,
  type PersonAttributes,
} from './in-force.js';
import { type LawNamed, lawNamed } from './overview.js';

/** Somebody who arrives on a day, as far as the policy asks. */
export interface Arriving extends PersonAttributes {
  readonly day: CivilDay;
  readonly classOfAdmission: string;
}

export interface DutyToCome extends LawNamed {
  readonly duty: Duty;
  /** The exemption by which the class of admission is spared it, seen on that day. */
  readonly exemptBy?: LawNamed;
}

/** Whether somebody must, or may, be registered on arrival, and by which law. */
export interface ArrivalCheck {
  readonly day: CivilDay;
  readonly policyHash: string;
  /** `not-required`: neither designated, nor is there an authorisation of discretion in force. */
  readonly outcome: 'must-register' | 'may-be-registered' | 'exempt' | 'not-required';
  /** In one sentence. */
  readonly because: string;
  readonly designations: readonly LawNamed[];
  /** On which grounds an officer may register the person in any case. */
  readonly discretion: readonly (LawNamed & {
    readonly kinds: readonly string[];
    readonly criteria: readonly string[];
  })[];
  /** What a registration on that day would bring with it, as the law then stands. */
  readonly duties: readonly DutyToCome[];
}

/** Nothing is stored; a registration is decided on by the command, on the record and the day of arrival. */
export function checkArrival(policy: Policy, arriving: Arriving): ArrivalCheck {
  const { day, classOfAdmission } = arriving;
  const head = { day, policyHash: policy.hash };
  const nothing = { designations: [], discretion: [], duties: [] };
  if (isExcludedClass(classOfAdmission)) {
    const because = 'Holders of classes A and G are outside the programme.';
    return { ...head, outcome: 'exempt', because, ...nothing };
  }
  const enacted = dutyInForce(policy, 'arrival-registration', day);
  if (!enacted) {
    const because = `Registration on arrival is not in force on ${day}.`;
    return { ...head, outcome: 'not-required', because, ...nothing };
  }
  const exemption = classExemption(policy, day, { duty: 'arrival-registration', classOfAdmission });
  if (exemption) {
    const because = `Class ${classOfAdmission} is exempt: ${exemption.title} (${exemption.citation}).`;
    return { ...head, outcome: 'exempt', because, ...nothing };
  }
  return { ...head, ...grounds(policy, arriving), duties: dutiesToCome(policy, arriving) };
}

function grounds(
  policy: Policy,
  arriving: Arriving,
): Pick<ArrivalCheck, 'outcome' | 'because' | 'designations' | 'discretion'> {
  const designations = designationsMatching(policy, arriving.day, arriving).map(lawNamed);
  const discretion = inForceOn(policy, 'ArrivalDiscretionAuthorised', arriving.day).map(
    (record) => ({ kinds: record.data.kinds, criteria: record.data.criteria, ...lawNamed(record) }),
  );
  const [designation] = designations;
  if (designation) {
    const because = `${designation.title} (${designation.citation}).`;
    return { outcome: 'must-register', because, designations, discretion };
  }
  if (discretion.length > 0) {
    const because =
      'No designation in force fits; an officer may register on a lookout or on one of the criteria.';
    return { outcome: 'may-be-registered', because, designations, discretion };
  }
  const because = 'No designation in force fits, and no discretion is authorised.';
  return { outcome: 'not-required', because, designations, discretion };
}

function dutiesToCome(policy: Policy, { day, classOfAdmission }: Arriving): readonly DutyToCome[] {
  return dutyNames.flatMap((duty) => {
    const enacted = dutyInForce(policy, duty, day);
    if (!enacted) return [];
    // Of a notice of changes some kinds may stay due: only an exemption from all of them spares the duty.
    const exemption = classExemption(policy, day, { duty, classOfAdmission });
    const spared = exemption && exemption.data.changeKinds === undefined ? exemption : undefined;
    return [{ duty, ...lawNamed(enacted), ...(spared && { exemptBy: lawNamed(spared) }) }];
  });
}
