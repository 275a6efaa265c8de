import { fromDayNumber } from '#libs/kernel';
import { departurePortsOn } from './asked.js';
import * as assumed from './assumptions.js';
import type { Draft } from './draft.js';
import type { PlannedFact } from './planned-fact.js';
import { only, type Random } from './random.js';
import { lagOf } from './recording.js';
import { type LivedStay, officeFor } from './stay.js';

/** What was recorded of somebody else by mistake, and was rescinded some days later. */
export function draftStray(draft: Draft, stay: LivedStay, random: Random): void {
  if (stay.until - stay.from < 2 || !random.chance(assumed.strays.chance)) return;
  const on = random.integer(stay.from + 1, stay.until - 1);
  const stray = random.chance(0.6) ? strayInterview(draft, on, random) : strayDeparture(on, random);
  const rescindedOn = stray.recordedOn + random.within(assumed.strays.days);
  // Nothing else may have happened meanwhile that it would contradict.
  const isAlone = [...draft.facts, ...draft.reports].every(
    (fact) => fact.recordedOn < on || fact.on > rescindedOn,
  );
  if (!isAlone || rescindedOn >= stay.until) return;
  draft.facts.push(stray, {
    occurrence: { type: 'RecordRescinded', of: stray },
    on: rescindedOn,
    recordedOn: rescindedOn,
  });
}

function strayInterview({ traveller }: Draft, on: number, random: Random): PlannedFact {
  const office = officeFor(traveller.usState, random);
  return { occurrence: { type: 'FollowUpInterviewCompleted', office }, on, recordedOn: on };
}

function strayDeparture(on: number, random: Random): PlannedFact {
  return {
    occurrence: {
      type: 'UnregisteredDepartureRecorded',
      source: 'carrier-manifest',
      port: random.weighted(assumed.arrivalPorts),
    },
    on,
    recordedOn: on + lagOf('manifest', random),
  };
}

/** Of a few facts something else was written than was true, and corrected later on. */
export function withSlips(draft: Draft, random: Random): readonly PlannedFact[] {
  return draft.facts.flatMap((fact) => {
    if (!random.chance(assumed.slips.chance)) return [fact];
    const slip = slipOf(fact, draft, random);
    if (!slip || isRescinded(fact, draft)) return [fact];
    const slipped = { ...fact, slip };
    const on = fact.recordedOn + random.within(assumed.slips.days);
    return [
      slipped,
      { occurrence: { type: 'RecordCorrected', of: slipped } as const, on, recordedOn: on },
    ];
  });
}

function isRescinded(fact: PlannedFact, { facts }: Draft): boolean {
  return facts.some(
    ({ occurrence }) => occurrence.type === 'RecordRescinded' && occurrence.of === fact,
  );
}

/** What the pen wrote instead; undefined where there is nothing to mistake. */
function slipOf(
  { occurrence, on }: PlannedFact,
  { traveller }: Draft,
  random: Random,
): PlannedFact['slip'] | undefined {
  switch (occurrence.type) {
    case 'ArrivalRegistered':
    case 'UnregisteredDepartureRecorded':
      return { port: anotherPort(occurrence.port, random) };
    case 'DepartureConfirmed': {
      const designated = departurePortsOn(on, traveller.classOfAdmission);
      return { port: anotherPort(occurrence.port, random, designated) };
    }
    case 'CallInRegistrationCompleted':
    case 'NoticeInterviewCompleted':
      return { office: random.among(OFFICES.filter((office) => office !== occurrence.office)) };
    case 'FollowUpInterviewCompleted':
      return { interviewedOn: fromDayNumber(on - 1) };
    case 'AnnualReregistrationCompleted':
      return { reregisteredOn: fromDayNumber(on - 1) };
    case 'ChangeReported':
    case 'UnreportedChangeFound':
    case 'IndividualNoticeServed':
    case 'ExemptionGranted':
    case 'StatusChanged':
    case 'GoodCauseAccepted':
    case 'WilfulnessDetermined':
    case 'RemovalProceedingsInitiated':
    case 'InadmissibilityPresumptionRebutted':
    case 'RecordCorrected':
    case 'RecordRescinded':
      return undefined;
  }
}

const OFFICES = ['NYC', 'LOS', 'CHI', 'WAS', 'MIA', 'HOU'] as const;

function anotherPort(
  port: string,
  random: Random,
  among: readonly string[] = assumed.arrivalPorts.values,
): string {
  return random.weighted(
    only(assumed.arrivalPorts, (other) => other !== port && among.includes(other)),
  );
}
