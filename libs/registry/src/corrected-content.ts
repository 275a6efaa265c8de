import { canonicalJson, type Refusal, shape } from '#libs/kernel';
import { commandOfFact } from './command-of-fact.js';
import type { Fact, FactType } from './facts.js';
import { byRecord } from './refusals.js';
import type { ClericalEvent } from './state.js';

export type Correction = Extract<ClericalEvent, { readonly type: 'RecordCorrected' }>;

/** What names a person or a notice names it for ever. */
export function idChanged({ data: { corrected } }: Correction, fact: Fact): Refusal | undefined {
  const changed = (['registrantId', 'noticeId'] as const).find(
    (id) => valueAt(corrected.data, [id]) !== valueAt(fact.data, [id]),
  );
  if (!changed) return undefined;
  return byRecord('IdCannotChange', {
    detail:
      'An id cannot be corrected: leave it as it is, or rescind the record and record it anew under ' +
      'the right one.',
    field: `corrected.data.${changed}`,
  });
}

const REGISTRATION = ['fin', 'visit', 'biometrics'] as const;

/** The personal content that a command must give, and which the stored form lets be absent. */
const requiredContent: Readonly<Partial<Record<FactType, readonly string[]>>> = {
  ArrivalRegistered: [...REGISTRATION, 'admissionNumber'],
  CallInRegistrationCompleted: [...REGISTRATION, 'admission.admissionNumber'],
  ChangeReported: ['value'],
  IndividualNoticeServed: ['reason'],
  ExemptionGranted: ['reason'],
  GoodCauseAccepted: ['reason'],
  WilfulnessDetermined: ['reason'],
  InadmissibilityPresumptionRebutted: ['reason'],
};

/** Data that is corrected is carried whole; what the record never had need not be invented. */
export function missingContent(
  { data: { corrected } }: Correction,
  fact: Fact,
): Refusal | undefined {
  const missing = requiredContent[fact.type]?.find((path) => {
    const steps = path.split('.');
    return valueAt(fact.data, steps) !== undefined && valueAt(corrected.data, steps) === undefined;
  });
  if (missing === undefined) return undefined;
  return byRecord('PersonalContentMissing', {
    detail: `A correction carries the whole data of the fact, as it should be: give ${missing} too.`,
    field: `corrected.data.${missing}`,
  });
}

function valueAt(data: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || !shape.isPlainObject(data)) return data;
  return valueAt(data[step], rest);
}

/** Apart from what is derived: that a decision would now rely on another thing corrects nothing. */
export function changesNothing(
  { data: { corrected } }: Correction,
  { type, data }: Fact,
): Refusal | undefined {
  const said = commandOfFact(type, data).data;
  if (canonicalJson(said) !== canonicalJson(corrected.data)) return undefined;
  return byRecord('CorrectionChangesNothing', {
    detail: 'The record says this already: give what it should say instead.',
    field: 'corrected.data',
  });
}
