import type { Refusal } from '#libs/kernel';
import type { PolicyRecord } from '#libs/policy';

/** Every code with which a registrant command is refused. */
export type RegistrantRefusalCode =
  // What cannot have happened.
  | 'UnknownCode'
  | 'MalformedField'
  | 'DayInFuture'
  | 'DayBeforeBirth'
  | 'AdmittedUntilBeforeAdmission'
  | 'AdmittedAfterRegistration'
  | 'AsylumClaimAfterRegistration'
  | 'DistinctFromSelf'
  | 'PortNotDesignatedForDeparture'
  | 'NoticeBeforeChange'
  | 'AppearanceBeforeService'
  | 'InterviewBeforeService'
  | 'UntilNotAfterFrom'
  // What a registration must say.
  | 'PersonRequired'
  | 'IdentityRequired'
  | 'LookoutRefRequired'
  | 'ReasonRequired'
  // What the policy of that day has no basis for.
  | 'ProgrammeNotInForce'
  | 'DutyNotInForce'
  | 'ClassOutsideProgramme'
  | 'NoBasisForRegistration'
  | 'CriterionNotInForce'
  | 'CallInGroupNotAnnounced'
  | 'CallInGroupNotOpen'
  | 'CallInGroupDoesNotFit'
  // What the law does not ask of the person, so that nothing can be decided about it.
  | 'ObligationNotImposed'
  | 'ObligationNotYetOpen'
  // What contradicts the record.
  | 'OtherRegistrant'
  | 'RegistrantNotRegistered'
  | 'PersonDiffers'
  | 'FinDiffers'
  | 'AdmissionDiffers'
  | 'ArrivalAlreadyRecorded'
  | 'CallInAlreadyRecorded'
  | 'InterviewAlreadyRecorded'
  | 'ReregistrationAlreadyRecorded'
  | 'DepartureAlreadyRecorded'
  | 'ArrivalWithinStay'
  | 'NoStayOnThatDay'
  | 'PresentAfterDeparture'
  | 'DayBeforeRegistration'
  | 'ChangeAlreadyReported'
  | 'ChangeAlreadyFound'
  | 'ChangeFoundUnreported'
  | 'NoticeIdTaken'
  | 'NoticeUnknown'
  | 'NoticeInterviewAlreadyRecorded'
  | 'ExemptionAlreadyRecorded'
  | 'StatusChangeAlreadyRecorded'
  | 'ObligationStillOpen'
  | 'ObligationNotFailed'
  | 'NoPresumptionRaised'
  | 'GoodCauseAlreadyAccepted'
  | 'WilfulnessAlreadyDetermined'
  | 'FailureWasWilful'
  | 'ProceedingsAlreadyInitiated'
  | 'PresumptionAlreadyRebutted'
  // What cannot be corrected or rescinded.
  | 'EventUnknown'
  | 'CorrectionNotCorrectable'
  | 'RescissionIsFinal'
  | 'RecordAlreadyRescinded'
  | 'CorrectedTypeDiffers'
  | 'IdCannotChange'
  | 'PersonalContentMissing'
  | 'PersonalContentSealed'
  | 'CorrectionChangesNothing'
  | 'ContradictsRecordedFact';

interface Saying {
  /** A sentence that says what is wrong and what to do, without any personal value. */
  readonly detail: string;
  readonly field?: string;
}

/** The law, a code list or the calendar says no; `law` is the policy event that carries the rule. */
export function byRule(
  code: RegistrantRefusalCode,
  saying: Saying & { readonly law?: PolicyRecord | undefined },
): Refusal {
  const { law, ...said } = saying;
  return {
    code,
    because: 'rule',
    ...said,
    ...(law && { rule: law.ref, citation: law.citation }),
  };
}

/** What is recorded says no. */
export function byRecord(code: RegistrantRefusalCode, saying: Saying): Refusal {
  return { code, because: 'state', ...saying };
}

/** One ground on which a command may be refused; undefined where it is not. */
export type Check = () => Refusal | undefined;

/**
 * The first refusal, but for those that are passed over; a later check may rely on what the earlier
 * ones let through.
 */
export function firstRefusal(
  checks: readonly Check[],
  passing?: ReadonlySet<string>,
): Refusal | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal && !passing?.has(refusal.code)) return refusal;
  }
  return undefined;
}
