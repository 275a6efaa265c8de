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

/** The class of each command by its name. */
export const registrantCommandClasses = {
  RegisterArrival,
  RegisterAtCallIn,
  CompleteFollowUpInterview,
  ReregisterAnnually,
  ConfirmDeparture,
  RecordUnregisteredDeparture,
} as const;
