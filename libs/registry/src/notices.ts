import type { RegistrantEvent } from './events.js';
import type { Fact } from './facts.js';
import type { Registrant } from './state.js';

export type NoticeServed = Extract<RegistrantEvent, { type: 'IndividualNoticeServed' }>;

/** The notices of that id: one, or none; a file may hold more, of which the first counts. */
export function noticesServed(
  { facts }: Registrant,
  noticeId: string,
): readonly Fact<'IndividualNoticeServed'>[] {
  return facts
    .filter((fact) => fact.type === 'IndividualNoticeServed')
    .filter(({ data }) => data.noticeId === noticeId);
}
