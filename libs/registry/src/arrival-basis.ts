import type { Refusal } from '#libs/kernel';
import {
  authorisationCovering,
  designationsMatching,
  dutyInForce,
  type PolicyRecord,
} from '#libs/policy';
import type { ArrivalCase } from './case.js';
import type { Basis } from './events.js';
import { personOf } from './person-checks.js';
import { classOutside, dutyNotInForce, programmeEnded } from './programme.js';
import { byRule, type Check, firstRefusal } from './refusals.js';

/** Whether the policy of the day of arrival has the basis for registering that the officer names. */
export function arrivalBasisChecks(of: ArrivalCase): readonly Check[] {
  const { event, day, dayField: field, facts } = of;
  const { policy } = facts;
  const law = dutyInForce(policy, 'arrival-registration', day);
  return [
    () => programmeEnded({ policy, day, field }),
    () => dutyNotInForce('arrival-registration', { policy, day, field }),
    () => classOutside(event.data.classOfAdmission, { field: 'classOfAdmission', law }),
    () => firstRefusal(basisChecks(event.data.basis, of, law)),
  ];
}

/** 8 CFR 264.1(f): by designation of nationals, or on a lookout or an officer's discretion. */
function basisChecks(
  basis: Basis,
  of: ArrivalCase,
  law: PolicyRecord | undefined,
): readonly Check[] {
  switch (basis.kind) {
    case 'designation':
      return [() => notDesignated(of, law)];
    case 'lookout':
      return [() => lookoutRefRequired(basis), () => notAuthorised(basis, of, law)];
    case 'officer-discretion':
      return [
        () => reasonRequired(basis),
        () => notAuthorised(basis, of, law),
        () => criterionNotInForce(basis, of),
      ];
  }
}

function notDesignated(of: ArrivalCase, law: PolicyRecord | undefined): Refusal | undefined {
  const person = personOf(of);
  if (person && designationsMatching(of.facts.policy, of.day, person).length > 0) return undefined;
  return byRule('NoBasisForRegistration', {
    detail:
      `No designation in force on ${of.day} matches the nationality, sex and age of the person. ` +
      'Where a lookout or one of the criteria in force applies, register on that basis.',
    field: 'basis.kind',
    law,
  });
}

function lookoutRefRequired({ lookoutRef }: Basis): Refusal | undefined {
  if (lookoutRef !== undefined) return undefined;
  return byRule('LookoutRefRequired', {
    detail: 'A registration on a lookout names it: give basis.lookoutRef.',
    field: 'basis.lookoutRef',
  });
}

function reasonRequired({ reason }: Basis): Refusal | undefined {
  if (reason !== undefined) return undefined;
  return byRule('ReasonRequired', {
    detail: "A registration at an officer's discretion states why: give basis.reason.",
    field: 'basis.reason',
  });
}

function notAuthorised(
  basis: Basis,
  { day, facts: { policy } }: ArrivalCase,
  law: PolicyRecord | undefined,
): Refusal | undefined {
  if (authorisationCovering(policy, day, basis)) return undefined;
  const [ground, field] =
    basis.kind === 'lookout' ? ['a lookout', 'basis.kind'] : ['these criteria', 'basis.criteria'];
  return byRule('NoBasisForRegistration', {
    detail: `No authorisation in force on ${day} lets officers register on ${ground}.`,
    field,
    law,
  });
}

/** One criterion in force is a basis; the others must be in force too, or they would be recorded as law. */
function criterionNotInForce(
  basis: Basis,
  { day, facts: { policy } }: ArrivalCase,
): Refusal | undefined {
  const at = basis.criteria?.findIndex(
    (criterion) => !authorisationCovering(policy, day, { ...basis, criteria: [criterion] }),
  );
  if (at === undefined || at < 0) return undefined;
  return byRule('CriterionNotInForce', {
    detail: `This criterion is not in force on ${day}: name only such as are.`,
    field: `basis.criteria[${String(at)}]`,
    law: authorisationCovering(policy, day, basis),
  });
}
