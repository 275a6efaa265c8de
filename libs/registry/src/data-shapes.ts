import { type Shape, shape, type ShapeIssue } from '#libs/kernel';
import type { ChangeKind } from '#libs/policy';
import { classesOfAdmission } from '#libs/reference';
import { departureSources, purposeCodes, type UsAddress, type Visit } from './events.js';
import type { FactType } from './facts.js';
import * as s from './shapes.js';
import { statusesOutside } from './stays.js';

const registrantId = shape.uuid;
const findings = s.personal(shape.text(s.FINDINGS_MAX));
const reason = s.personal(shape.text(s.FINDINGS_MAX));

/** What both registrations carry of the person. */
const registration = {
  registrantId,
  fin: s.personal(s.fin),
  distinctFrom: shape.optional(s.distinctFrom),
  person: shape.optional(s.person),
  identity: s.personal(s.identity),
  purposeCode: shape.oneOf(purposeCodes),
  usState: s.usState,
  visit: s.personal(s.visit),
  biometrics: s.personal(s.biometrics),
  documents: s.personal(s.documents),
};

interface AddressAndState {
  readonly address: UsAddress | undefined;
  readonly usState?: string | undefined;
}

/** The address is personal and its state is not, so what was opened must say the same. */
function stateOf({ address, usState }: AddressAndState, path: string): readonly ShapeIssue[] {
  return address !== undefined && address.state !== usState
    ? [{ path: within(path, 'usState'), problem: 'must be the state of the address' }]
    : [];
}

/** Data may stand at the top, or within a correction. */
function within(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

interface Visited {
  readonly usState: string;
  readonly visit?: Visit;
}

function ofVisit({ visit, usState }: Visited, path: string): readonly ShapeIssue[] {
  return stateOf({ address: visit?.usAddress, usState }, path);
}

const valueOf: Readonly<Record<ChangeKind, Shape>> = {
  address: s.usAddress,
  employment: shape.object({
    employer: shape.text(),
    usAddress: shape.optional(s.usAddress),
  }),
  school: shape.object({ name: shape.text(), sevisId: shape.optional(shape.text()) }),
};

const anyValue: Shape = () => [];

interface Change {
  readonly kind: ChangeKind;
  readonly usState?: string;
  readonly value?: unknown;
}

/** Only a new address has a state; `value` looks as its kind wants it. */
function ofChange({ kind, usState, value }: Change, path: string): readonly ShapeIssue[] {
  if (kind !== 'address' && usState !== undefined) {
    return [{ path: within(path, 'usState'), problem: `is no field of a change of ${kind}` }];
  }
  const issues = value === undefined ? [] : valueOf[kind](value, within(path, 'value'));
  if (kind !== 'address' || issues.length > 0) return issues;
  return stateOf({ address: value as UsAddress | undefined, usState }, path);
}

const change = {
  registrantId,
  kind: s.changeKind,
  changedOn: s.day,
  usState: shape.optional(s.usState),
  value: s.personal(anyValue),
};

/**
 * What the data of each fact must look like. Personal fields may be absent: where they have not been
 * opened, nothing can be said of them.
 */
export const factShapes: Readonly<Record<FactType, Shape>> = {
  ArrivalRegistered: s.together(
    {
      ...registration,
      arrivedOn: s.day,
      port: s.port,
      classOfAdmission: s.classOfAdmission,
      admittedUntil: shape.optional(s.day),
      admissionNumber: s.personal(s.admissionNumber),
      basis: s.basis,
    },
    ofVisit,
  ),
  CallInRegistrationCompleted: s.together(
    {
      ...registration,
      registeredOn: s.day,
      office: s.office,
      group: s.group,
      admission: shape.object({
        admittedOn: s.day,
        port: s.port,
        classOfAdmission: s.classOfAdmission,
        admittedUntil: shape.optional(s.day),
        admissionNumber: s.personal(s.admissionNumber),
      }),
      asylumClaimFiledOn: shape.optional(s.day),
    },
    ofVisit,
  ),
  FollowUpInterviewCompleted: shape.object({
    registrantId,
    interviewedOn: s.day,
    office: s.office,
    findings,
  }),
  AnnualReregistrationCompleted: shape.object({
    registrantId,
    reregisteredOn: s.day,
    office: s.office,
    findings,
  }),
  ChangeReported: s.together({ ...change, reportedOn: s.day }, (data: Change, path) =>
    data.kind === 'address' && data.usState === undefined
      ? [{ path: within(path, 'usState'), problem: 'is missing' }]
      : ofChange(data, path),
  ),
  // Where the new address is not known at all, its state may still be.
  UnreportedChangeFound: s.together({ ...change, foundOn: s.day }, ofChange),
  DepartureConfirmed: shape.object({
    registrantId,
    departedOn: s.day,
    port: s.port,
    carrier: s.personal(shape.text()),
  }),
  UnregisteredDepartureRecorded: shape.object({
    registrantId,
    departedOn: s.day,
    source: shape.oneOf(departureSources),
    port: shape.optional(s.port),
  }),
  IndividualNoticeServed: shape.object({
    registrantId,
    noticeId: shape.uuid,
    servedOn: s.day,
    appearOn: s.day,
    reason,
  }),
  NoticeInterviewCompleted: shape.object({
    registrantId,
    noticeId: shape.uuid,
    interviewedOn: s.day,
    office: s.office,
    findings,
  }),
  ExemptionGranted: shape.object({
    registrantId,
    duties: s.duties,
    from: s.day,
    until: shape.optional(s.day),
    authority: shape.text(),
    reason,
  }),
  StatusChanged: shape.object({
    registrantId,
    to: shape.oneOf([...statusesOutside, ...classesOfAdmission]),
    changedOn: s.day,
  }),
  GoodCauseAccepted: shape.object({
    registrantId,
    obligation: s.obligation,
    decidedOn: s.day,
    reason,
    reliedOn: s.reliedOn,
  }),
  WilfulnessDetermined: shape.object({
    registrantId,
    obligation: s.obligation,
    wilful: shape.boolean,
    decidedOn: s.day,
    reason,
    reliedOn: s.reliedOn,
  }),
  RemovalProceedingsInitiated: shape.object({
    registrantId,
    obligation: shape.optional(s.obligation),
    initiatedOn: s.day,
    ground: shape.text(),
    reliedOn: shape.optional(s.reliedOn),
  }),
  InadmissibilityPresumptionRebutted: shape.object({
    registrantId,
    departedOn: s.day,
    decidedOn: s.day,
    reason,
    reliedOn: s.reliedOn,
  }),
};
