import type { RegistrantEvent } from './events.js';
import type { Fact } from './facts.js';
import type { Registrant } from './state.js';

export type NoticeServed = Extract<RegistrantEvent, { type: 'IndividualNoticeServed' }>;

/** The notice of that id, where the record has one. */
export function noticeServed(
  { facts }: Registrant,
  noticeId: string,
): Fact<'IndividualNoticeServed'> | undefined {
  return facts
    .filter((fact) => fact.type === 'IndividualNoticeServed')
    .find(({ data }) => data.noticeId === noticeId);
}
