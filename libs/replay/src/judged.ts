import { type Assessment, obligationName } from '#libs/assessment';
import type { Policy } from '#libs/policy';

/** One person's assessment in one world, as cells look at it. */
export interface Judged extends Assessment {
  readonly statuses: ReadonlyMap<string, string>;
  /** By the id of the call-in registration, the group to which the world's policy gives it. */
  readonly groups: ReadonlyMap<string, number>;
}

/** Prepares assessments under one policy for being counted. */
export function judgedUnder(policy: Policy): (assessment: Assessment) => Judged {
  const groupByRef = new Map(
    policy.records.flatMap((record) =>
      record.type === 'CallInAnnounced' ? [[record.ref, record.data.group] as const] : [],
    ),
  );
  return (assessment) => ({
    ...assessment,
    statuses: new Map(
      assessment.obligations.map((obligation) => [obligationName(obligation), obligation.status]),
    ),
    groups: groupsIn(assessment, groupByRef),
  });
}

function groupsIn(
  { obligations }: Assessment,
  groupByRef: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const groups = new Map<string, number>();
  for (const { duty, because, facts } of obligations) {
    if (duty !== 'call-in-registration') continue;
    const [group] = because.flatMap((ref) => groupByRef.get(ref) ?? []);
    if (group !== undefined) facts.forEach((id) => groups.set(id, group));
  }
  return groups;
}
