import type { Biometrics, RegistrantDataByType, Visit } from './events.js';

type Arrival = RegistrantDataByType['ArrivalRegistered'];
type CallIn = RegistrantDataByType['CallInRegistrationCompleted'];

/** `usState` is not in a body: it is taken from the address. What is personal must be said. */
type FromBody<Data> = Omit<Data, 'usState' | 'fin' | 'visit' | 'biometrics'> & {
  readonly fin: string;
  readonly visit: Visit;
  readonly biometrics: Biometrics;
};

type RegisterArrivalData = Omit<FromBody<Arrival>, 'admissionNumber'> & {
  readonly admissionNumber: string;
};

type RegisterAtCallInData = Omit<FromBody<CallIn>, 'admission'> & {
  readonly admission: Omit<CallIn['admission'], 'admissionNumber'> & {
    readonly admissionNumber: string;
  };
};

/** What was reported is personal, and must be said; its state is taken from the address. */
type ReportChangeData = Omit<RegistrantDataByType['ChangeReported'], 'usState' | 'value'> & {
  readonly value: unknown;
};

/** A reason is personal, and must be said. */
type WithReason<Data> = Omit<Data, 'reason'> & { readonly reason: string };

/** What a decision relied on is no part of a body: the command runner fills it in. */
type Deciding<Data> = Omit<Data, 'reliedOn'>;

/** The body of each command: that of its event, as far as it is for the caller to say. */
export interface RegistrantCommandData {
  readonly RegisterArrival: RegisterArrivalData;
  readonly RegisterAtCallIn: RegisterAtCallInData;
  readonly CompleteFollowUpInterview: RegistrantDataByType['FollowUpInterviewCompleted'];
  readonly ReregisterAnnually: RegistrantDataByType['AnnualReregistrationCompleted'];
  readonly ReportChange: ReportChangeData;
  /** `usState` only where the new address itself is not known. */
  readonly RecordUnreportedChange: RegistrantDataByType['UnreportedChangeFound'];
  readonly ConfirmDeparture: RegistrantDataByType['DepartureConfirmed'];
  readonly RecordUnregisteredDeparture: RegistrantDataByType['UnregisteredDepartureRecorded'];
  readonly ServeIndividualNotice: WithReason<RegistrantDataByType['IndividualNoticeServed']>;
  readonly CompleteNoticeInterview: RegistrantDataByType['NoticeInterviewCompleted'];
  readonly GrantExemption: WithReason<RegistrantDataByType['ExemptionGranted']>;
  readonly RecordStatusChange: RegistrantDataByType['StatusChanged'];
  readonly AcceptGoodCause: WithReason<Deciding<RegistrantDataByType['GoodCauseAccepted']>>;
  readonly DetermineWilfulness: WithReason<Deciding<RegistrantDataByType['WilfulnessDetermined']>>;
  readonly InitiateRemovalProceedings: Deciding<
    RegistrantDataByType['RemovalProceedingsInitiated']
  >;
  readonly RebutPresumption: WithReason<
    Deciding<RegistrantDataByType['InadmissibilityPresumptionRebutted']>
  >;
}

export type RegistrantCommandName = keyof RegistrantCommandData;

/** A command of one registrant's stream, told apart by `type`. */
export type RegistrantCommand = {
  readonly [Name in RegistrantCommandName]: {
    readonly type: Name;
    readonly data: RegistrantCommandData[Name];
  };
}[RegistrantCommandName];
