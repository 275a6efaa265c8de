import type { Refusal } from '#libs/kernel';
import {
  belongsToGroup,
  type CallInCase as Attributes,
  type CallInGroup,
  callInGroups,
  callInGroupsFor,
} from '#libs/policy';
import type { CallInCase } from './case.js';
import { personOf } from './person-checks.js';
import { classOutside, programmeEnded } from './programme.js';
import { byRule, type Check } from './refusals.js';

/**
 * Whether the group that is named had opened by the day of registration and fits the person. Its
 * announcement is all that puts it in force; that its window has closed makes a registration late,
 * not void.
 */
export function callInBasisChecks(of: CallInCase): readonly Check[] {
  const { day, event, facts } = of;
  const { policy } = facts;
  const { classOfAdmission } = event.data.admission;
  const named = callInGroups(policy, day, true).filter(({ group }) => group === event.data.group);
  const law = named[0]?.announced;
  return [
    () => programmeEnded({ policy, day, field: 'registeredOn' }),
    () => classOutside(classOfAdmission, { field: 'admission.classOfAdmission', law }),
    () => groupRefused(of, named),
  ];
}

function groupRefused(of: CallInCase, named: readonly CallInGroup[]): Refusal | undefined {
  const attributes = attributesOf(of);
  const fitting = attributes && callInGroupsFor(of.facts.policy, of.day, attributes);
  const { group } = of.event.data;
  if (fitting?.some((fits) => fits.group === group)) return undefined;
  const other = fitting?.[0];
  const fits = other ? ` Group ${String(other.group)} fits: give that one.` : '';
  const announced = named[0];
  if (!announced) {
    return byRule('CallInGroupNotAnnounced', {
      detail: `No call-in group ${String(group)} has been announced.${fits}`,
      field: 'group',
    });
  }
  const notYet = announced.opensOn > of.day && attributes && belongsToGroup(announced, attributes);
  return byRule(notYet ? 'CallInGroupNotOpen' : 'CallInGroupDoesNotFit', {
    detail: notYet
      ? `Group ${String(group)} opens on ${announced.opensOn} only.${fits}`
      : `${conditionsOf(announced)}${fits}`,
    field: 'group',
    law: announced.announced,
  });
}

function attributesOf(of: CallInCase): Attributes | undefined {
  const person = personOf(of);
  const { admission, asylumClaimFiledOn } = of.event.data;
  return (
    person && {
      person,
      admittedOn: admission.admittedOn,
      ...(asylumClaimFiledOn !== undefined && { asylumClaimFiledOn }),
    }
  );
}

/** The conditions of the law, so that the caller sees which one is not met without being told a value. */
function conditionsOf({ group, announced, countries }: CallInGroup): string {
  const { sex, bornOnOrBefore, admittedOnOrBefore, asylumFiledOnOrBefore } = announced.data;
  return (
    `The person is not in group ${String(group)}: nationals of ${countries.join(', ')}, sex ${sex}, ` +
    `born by ${bornOnOrBefore} and admitted by ${admittedOnOrBefore}, without an asylum claim ` +
    `filed by ${asylumFiledOnOrBefore}.`
  );
}
