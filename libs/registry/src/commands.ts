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

/** The body of each command: that of its event, as far as it is for the caller to say. */
export interface RegistrantCommandData {
  readonly RegisterArrival: RegisterArrivalData;
  readonly RegisterAtCallIn: RegisterAtCallInData;
  readonly CompleteFollowUpInterview: RegistrantDataByType['FollowUpInterviewCompleted'];
  readonly ReregisterAnnually: RegistrantDataByType['AnnualReregistrationCompleted'];
  readonly ConfirmDeparture: RegistrantDataByType['DepartureConfirmed'];
  readonly RecordUnregisteredDeparture: RegistrantDataByType['UnregisteredDepartureRecorded'];
}

export type RegistrantCommandName = keyof RegistrantCommandData;

/** A command of one registrant's stream, told apart by `type`. */
export type RegistrantCommand = {
  readonly [Name in RegistrantCommandName]: {
    readonly type: Name;
    readonly data: RegistrantCommandData[Name];
  };
}[RegistrantCommandName];
