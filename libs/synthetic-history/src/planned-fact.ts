import type { CivilDay } from '#libs/kernel';
import type { ChangeKind, Duty } from '#libs/policy';
import type {
  ObligationKey,
  RegistrantDataByType,
  RegistrantEventType,
  ReliedOn,
} from '#libs/registry';
import type { OpenBasis } from './traveller.js';

/**
 * What happens, with all that rules look at; personal content is drawn when it is written down. Days
 * are whole numbers since 1970-01-01 where they are counted with.
 */
export type Occurrence =
  | { readonly type: 'ArrivalRegistered'; readonly port: string; readonly basis: OpenBasis }
  | {
      readonly type: 'CallInRegistrationCompleted';
      readonly office: string;
      readonly port: string;
      readonly group: number;
      readonly admittedOn: CivilDay;
      readonly asylumClaimFiledOn?: CivilDay;
    }
  | {
      readonly type: 'FollowUpInterviewCompleted' | 'AnnualReregistrationCompleted';
      readonly office: string;
    }
  | {
      readonly type: 'ChangeReported' | 'UnreportedChangeFound';
      readonly kind: ChangeKind;
      readonly changedOn: number;
      readonly usState: string;
    }
  | { readonly type: 'DepartureConfirmed'; readonly port: string }
  | {
      readonly type: 'UnregisteredDepartureRecorded';
      readonly source: RegistrantDataByType['UnregisteredDepartureRecorded']['source'];
      readonly port: string;
    }
  | { readonly type: 'IndividualNoticeServed'; readonly notice: number; readonly appearOn: number }
  | { readonly type: 'NoticeInterviewCompleted'; readonly notice: number; readonly office: string }
  | {
      readonly type: 'ExemptionGranted';
      readonly duties: readonly Duty[];
      readonly until?: number;
    }
  | { readonly type: 'StatusChanged'; readonly to: string }
  | Decided
  | { readonly type: 'RecordCorrected' | 'RecordRescinded'; readonly of: PlannedFact };

/** What an authority decided, and what of an obligation it relied on. */
export type Decided =
  | {
      readonly type: 'GoodCauseAccepted';
      readonly obligation: ObligationKey;
      readonly reliedOn: ReliedOn;
    }
  | {
      readonly type: 'WilfulnessDetermined';
      readonly obligation: ObligationKey;
      readonly reliedOn: ReliedOn;
      readonly wilful: boolean;
    }
  | {
      readonly type: 'RemovalProceedingsInitiated';
      readonly ground: string;
      readonly obligation?: ObligationKey;
      readonly reliedOn?: ReliedOn;
    }
  | {
      readonly type: 'InadmissibilityPresumptionRebutted';
      readonly departedOn: CivilDay;
      readonly reliedOn: ReliedOn;
    };

/** One fact of a life, before it is written down. */
export interface PlannedFact {
  readonly occurrence: Occurrence;
  /** The day in law. */
  readonly on: number;
  /** The day on which the registry learned of it. */
  readonly recordedOn: number;
  /** What was written in place of the truth, until it was corrected: fields of the data. */
  readonly slip?: Readonly<Record<string, string>>;
}

const satisfyingTypes: ReadonlySet<RegistrantEventType> = new Set<RegistrantEventType>([
  'ArrivalRegistered',
  'CallInRegistrationCompleted',
  'FollowUpInterviewCompleted',
  'AnnualReregistrationCompleted',
  'ChangeReported',
  'DepartureConfirmed',
  'NoticeInterviewCompleted',
]);

/** Whether events of the type satisfy a duty: what was published as registrations of every kind. */
export function isRegistrationEvent(type: RegistrantEventType): boolean {
  return satisfyingTypes.has(type);
}

/** An obligation that was not kept in time: about it something may be decided. */
export interface Failure {
  readonly duty: Duty;
  readonly dueOn: number;
}
