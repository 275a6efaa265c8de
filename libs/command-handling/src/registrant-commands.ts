import type { RegistrantCommandData } from '#libs/registry';
import type { Issue } from './attempt.js';

/** The registrant commands as the command bus takes them: it finds the handler by the class. */
class RegisterArrival {
  readonly type = 'RegisterArrival';
  constructor(
    readonly data: RegistrantCommandData['RegisterArrival'],
    readonly issue: Issue,
  ) {}
}

class RegisterAtCallIn {
  readonly type = 'RegisterAtCallIn';
  constructor(
    readonly data: RegistrantCommandData['RegisterAtCallIn'],
    readonly issue: Issue,
  ) {}
}

class CompleteFollowUpInterview {
  readonly type = 'CompleteFollowUpInterview';
  constructor(
    readonly data: RegistrantCommandData['CompleteFollowUpInterview'],
    readonly issue: Issue,
  ) {}
}

class ReregisterAnnually {
  readonly type = 'ReregisterAnnually';
  constructor(
    readonly data: RegistrantCommandData['ReregisterAnnually'],
    readonly issue: Issue,
  ) {}
}

class ReportChange {
  readonly type = 'ReportChange';
  constructor(
    readonly data: RegistrantCommandData['ReportChange'],
    readonly issue: Issue,
  ) {}
}

class RecordUnreportedChange {
  readonly type = 'RecordUnreportedChange';
  constructor(
    readonly data: RegistrantCommandData['RecordUnreportedChange'],
    readonly issue: Issue,
  ) {}
}

class ConfirmDeparture {
  readonly type = 'ConfirmDeparture';
  constructor(
    readonly data: RegistrantCommandData['ConfirmDeparture'],
    readonly issue: Issue,
  ) {}
}

class RecordUnregisteredDeparture {
  readonly type = 'RecordUnregisteredDeparture';
  constructor(
    readonly data: RegistrantCommandData['RecordUnregisteredDeparture'],
    readonly issue: Issue,
  ) {}
}

class ServeIndividualNotice {
  readonly type = 'ServeIndividualNotice';
  constructor(
    readonly data: RegistrantCommandData['ServeIndividualNotice'],
    readonly issue: Issue,
  ) {}
}

class CompleteNoticeInterview {
  readonly type = 'CompleteNoticeInterview';
  constructor(
    readonly data: RegistrantCommandData['CompleteNoticeInterview'],
    readonly issue: Issue,
  ) {}
}

class GrantExemption {
  readonly type = 'GrantExemption';
  constructor(
    readonly data: RegistrantCommandData['GrantExemption'],
    readonly issue: Issue,
  ) {}
}

class RecordStatusChange {
  readonly type = 'RecordStatusChange';
  constructor(
    readonly data: RegistrantCommandData['RecordStatusChange'],
    readonly issue: Issue,
  ) {}
}

class AcceptGoodCause {
  readonly type = 'AcceptGoodCause';
  constructor(
    readonly data: RegistrantCommandData['AcceptGoodCause'],
    readonly issue: Issue,
  ) {}
}

class DetermineWilfulness {
  readonly type = 'DetermineWilfulness';
  constructor(
    readonly data: RegistrantCommandData['DetermineWilfulness'],
    readonly issue: Issue,
  ) {}
}

class InitiateRemovalProceedings {
  readonly type = 'InitiateRemovalProceedings';
  constructor(
    readonly data: RegistrantCommandData['InitiateRemovalProceedings'],
    readonly issue: Issue,
  ) {}
}

class RebutPresumption {
  readonly type = 'RebutPresumption';
  constructor(
    readonly data: RegistrantCommandData['RebutPresumption'],
    readonly issue: Issue,
  ) {}
}

class CorrectRecord {
  readonly type = 'CorrectRecord';
  constructor(
    readonly data: RegistrantCommandData['CorrectRecord'],
    readonly issue: Issue,
  ) {}
}

class RescindRecord {
  readonly type = 'RescindRecord';
  constructor(
    readonly data: RegistrantCommandData['RescindRecord'],
    readonly issue: Issue,
  ) {}
}

/** The class of each command by its name. */
export const registrantCommandClasses = {
  RegisterArrival,
  RegisterAtCallIn,
  CompleteFollowUpInterview,
  ReregisterAnnually,
  ReportChange,
  RecordUnreportedChange,
  ConfirmDeparture,
  RecordUnregisteredDeparture,
  ServeIndividualNotice,
  CompleteNoticeInterview,
  GrantExemption,
  RecordStatusChange,
  AcceptGoodCause,
  DetermineWilfulness,
  InitiateRemovalProceedings,
  RebutPresumption,
  CorrectRecord,
  RescindRecord,
} as const;
