import type { CivilDay, Refusal } from '#libs/kernel';
import {
  type Duty,
  dutyInForce,
  dutyPeriods,
  type Policy,
  type PolicyRecord,
  programmeEndedBy,
} from '#libs/policy';
import { byRule } from './refusals.js';
import { isOutsideProgramme } from './stays.js';

interface On {
  readonly policy: Policy;
  readonly day: CivilDay;
  readonly field: string;
}

/** From the delisting on there is nothing to register under, until something is enacted anew. */
export function programmeEnded({ policy, day, field }: On): Refusal | undefined {
  const law = programmeEndedBy(policy, day);
  if (!law) return undefined;
  return byRule('ProgrammeNotInForce', {
    detail:
      `The programme is not in force on ${day}: it ended on ${law.effectiveOn}. Give the day on ` +
      'which the person registered, if it was an earlier one.',
    field,
    law,
  });
}

/** A registration has a basis only while its duty is in force; the law named is what ended or will begin it. */
export function dutyNotInForce(duty: Duty, { policy, day, field }: On): Refusal | undefined {
  if (dutyInForce(policy, duty, day)) return undefined;
  const periods = dutyPeriods(policy, duty);
  const ended = periods.findLast(({ until }) => until !== undefined && until <= day)?.endedBy;
  const begins = periods.find(({ from }) => from > day)?.enactments[0];
  const law = ended ?? begins;
  return byRule('DutyNotInForce', {
    detail: `The duty ${duty} is not in force on ${day}${since(law, day)}.`,
    field,
    law,
  });
}

function since(law: PolicyRecord | undefined, day: CivilDay): string {
  if (!law) return ': no policy enacts it';
  return law.effectiveOn <= day
    ? `: it ceased on ${law.effectiveOn}`
    : `: it begins on ${law.effectiveOn}`;
}

/** Diplomats and officials of international organisations are outside special registration. */
export function classOutside(
  classOfAdmission: string,
  at: { readonly field: string; readonly law: PolicyRecord | undefined },
): Refusal | undefined {
  if (!isOutsideProgramme(classOfAdmission)) return undefined;
  return byRule('ClassOutsideProgramme', {
    detail:
      `The class ${classOfAdmission} is outside special registration: there is no basis for ` +
      'registering its holders.',
    ...at,
  });
}
