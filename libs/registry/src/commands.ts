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

/** The whole corrected data of a fact: of its own type, in today's version, which need not be said. */
export interface Corrected {
  readonly type: string;
  readonly version?: number;
  /** As the event's; what is derived (`usState`, `reliedOn`) is derived anew, and need not be said. */
  readonly data: unknown;
}

/** What happens to a record, not to a person: the event names another one of the same stream. */
type Clerical<Data> = WithReason<Omit<Data, 'corrected'>>;

/** The body of each command that states a fact: that of its event, as far as it is for the caller to say. */
export interface FactCommandData {
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

/** The body of each command of a registrant's stream. */
export interface RegistrantCommandData extends FactCommandData {
  readonly CorrectRecord: Clerical<RegistrantDataByType['RecordCorrected']> & {
    readonly corrected: Corrected;
  };
  readonly RescindRecord: Clerical<RegistrantDataByType['RecordRescinded']>;
}

export type RegistrantCommandName = keyof RegistrantCommandData;

type CommandOf<Name extends RegistrantCommandName> = {
  readonly [One in Name]: {
    readonly type: One;
    readonly data: RegistrantCommandData[One];
  };
}[Name];

/** A command of one registrant's stream, told apart by `type`. */
export type RegistrantCommand = CommandOf<RegistrantCommandName>;

/** A command that states a fact of the person's life. */
export type FactCommand = CommandOf<keyof FactCommandData>;
