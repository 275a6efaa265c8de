import { dutyAfter, type DutyState, NOT_ENACTED } from './duty-periods.js';
import type { Duty } from './events.js';
import { type Finding, type FindingCode, nothingToActOn } from './finding.js';
import type { PolicyRecord } from './record.js';

type Status = DutyState['status'];

/** What is about duties that are not there to be acted on, in records that stand as they are folded. */
export function dutyFindings(records: readonly PolicyRecord[]): readonly Finding[] {
  const kept = new Map<Duty, readonly Status[]>();
  const statusesFrom = (at: number, duty: Duty): readonly Status[] => {
    const statuses = kept.get(duty) ?? statusesBefore(records, duty);
    kept.set(duty, statuses);
    return statuses.slice(at);
  };
  return records.flatMap((record, at) => [
    ...servingFindings(record, (duty) =>
      duty === 'call-in-registration'
        ? records.some(({ type }) => type === 'CallInAnnounced')
        : statusesFrom(at, duty).some((status) => status !== 'none'),
    ),
    ...changingFindings(record, (duty) => statusesFrom(at, duty)[0]),
  ]);
}

/** The status of the duty before each record, and after the last. */
function statusesBefore(records: readonly PolicyRecord[], duty: Duty): readonly Status[] {
  const statuses: Status[] = [NOT_ENACTED.status];
  let state = NOT_ENACTED;
  for (const record of records) {
    state = dutyAfter(state, record, duty);
    statuses.push(state.status);
  }
  return statuses;
}

/** Designations and exemptions of a duty that neither is nor will be: it may still be enacted. */
function servingFindings(record: PolicyRecord, comes: (duty: Duty) => boolean): readonly Finding[] {
  const duty = dutyServed(record);
  if (duty === undefined || comes(duty)) return [];
  return [
    {
      ref: record.ref,
      weight: 'moot',
      code: 'DutyNotEnacted',
      problem: `has nothing to act on: ${duty} is not in force then or later`,
    },
  ];
}

function dutyServed(record: PolicyRecord): Duty | undefined {
  if (record.type === 'ArrivalDesignationMade') return 'arrival-registration';
  if (record.type === 'ArrivalDiscretionAuthorised') return 'arrival-registration';
  if (record.type === 'DeparturePortsDesignated') return 'departure-registration';
  return record.type === 'DutyExemptionMade' ? record.data.duty : undefined;
}

/** Suspensions and their like, which change the status of a duty only where it is the right one. */
function changingFindings(
  record: PolicyRecord,
  statusOf: (duty: Duty) => Status | undefined,
): readonly Finding[] {
  const change = changeOf(record);
  if (!change) return [];
  const { duties, fits, code, claim } = change;
  return nothingToActOn(record, {
    all: duties,
    missing: duties.filter((duty) => !fits(statusOf(duty))),
    code,
    why: (missing) => `not ${claim} on ${record.effectiveOn}: ${missing}`,
  });
}

interface DutyChange {
  readonly duties: readonly Duty[];
  readonly fits: (status: Status | undefined) => boolean;
  readonly code: FindingCode;
  readonly claim: string;
}

function changeOf(record: PolicyRecord): DutyChange | undefined {
  if (record.type === 'DomesticRegistrationSuspended') {
    const { duties } = record.data;
    const fits = (status?: Status) => status === 'in-force';
    return { duties, fits, code: 'DutyNotInForce', claim: 'in force' };
  }
  if (record.type === 'DomesticRegistrationReinstated') {
    const { duties } = record.data;
    const fits = (status?: Status) => status === 'suspended';
    return { duties, fits, code: 'DutyNotSuspended', claim: 'suspended' };
  }
  if (record.type === 'DutyMovedToUsVisit') {
    // A suspended duty can be moved: it cannot be reinstated here any more.
    const fits = (status?: Status) => status !== 'none';
    return { duties: [record.data.duty], fits, code: 'DutyNotInForce', claim: 'in force' };
  }
  return undefined;
}
