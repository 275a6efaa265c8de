import { type EventTypeRow, shape, type ShapeIssue } from '#libs/kernel';
import { factShapes } from './data-shapes.js';
import type { RegistrantEventType } from './events.js';
import type { FactType } from './facts.js';
import { FINDINGS_MAX, personal, together } from './shapes.js';

const REGISTRATION = ['fin', 'identity', 'visit', 'biometrics', 'documents'] as const;

/** The fields in bold in the storage format. What rules and statistics need is not among them. */
const personalPaths: Readonly<Record<FactType, readonly string[]>> = {
  ArrivalRegistered: [...REGISTRATION, 'admissionNumber', 'basis.lookoutRef', 'basis.reason'],
  CallInRegistrationCompleted: [...REGISTRATION, 'admission.admissionNumber'],
  FollowUpInterviewCompleted: ['findings'],
  AnnualReregistrationCompleted: ['findings'],
  ChangeReported: ['value'],
  UnreportedChangeFound: ['value'],
  DepartureConfirmed: ['carrier'],
  UnregisteredDepartureRecorded: [],
  IndividualNoticeServed: ['reason'],
  NoticeInterviewCompleted: ['findings'],
  ExemptionGranted: ['reason'],
  StatusChanged: [],
  GoodCauseAccepted: ['reason'],
  WilfulnessDetermined: ['reason'],
  RemovalProceedingsInitiated: [],
  InadmissibilityPresumptionRebutted: ['reason'],
};

const factTypes = Object.keys(factShapes) as readonly FactType[];

function rowOf(type: FactType): EventTypeRow {
  return {
    version: 1,
    personal: personalPaths[type],
    check: (data) => factShapes[type](data, ''),
  };
}

const rows = Object.fromEntries(factTypes.map((type) => [type, rowOf(type)])) as Readonly<
  Record<FactType, EventTypeRow>
>;

const reason = personal(shape.text(FINDINGS_MAX));

interface Correction {
  readonly registrantId: string;
  readonly corrected: {
    readonly type: FactType;
    readonly version: number;
    readonly data: unknown;
  };
}

/** The corrected data must be whole, and of the same registrant: ids cannot change. */
function ofCorrection({ registrantId, corrected }: Correction): readonly ShapeIssue[] {
  const { version } = rows[corrected.type];
  if (corrected.version !== version) {
    // What was written in an older version has been upcast before it comes here.
    const problem = `must be ${String(version)}, in which the type is written today`;
    return [{ path: 'corrected.version', problem }];
  }
  const issues = factShapes[corrected.type](corrected.data, 'corrected.data');
  if (issues.length > 0) return issues;
  const same = (corrected.data as { readonly registrantId: string }).registrantId === registrantId;
  return same ? [] : [{ path: 'corrected.data.registrantId', problem: 'cannot change' }];
}

const correction = together(
  {
    registrantId: shape.uuid,
    eventId: shape.uuid,
    corrected: shape.object({
      type: shape.oneOf(factTypes),
      version: shape.integer(1, 10_000),
      data: () => [],
    }),
    reason,
  },
  ofCorrection,
);

const rescission = shape.object({ registrantId: shape.uuid, eventId: shape.uuid, reason });

/** What the codec and the imports must know of each registrant event. */
export const registrantEventTable: Readonly<Record<RegistrantEventType, EventTypeRow>> = {
  ...rows,
  RecordCorrected: {
    version: 1,
    personal: ['reason'],
    nested: 'corrected',
    check: (data) => correction(data, ''),
  },
  RecordRescinded: { version: 1, personal: ['reason'], check: (data) => rescission(data, '') },
};
