import type { Decision, Refusal } from '#libs/kernel';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { noticesServed } from './notices.js';
import { changesNothing } from './owed.js';
import { noStayOnThatDay, notRegistered } from './presence-checks.js';
import { byRecord, byRule } from './refusals.js';
import type { Registrant } from './state.js';

type InterviewCase = Case<Extract<RegistrantEvent, { type: 'NoticeInterviewCompleted' }>>;

/** 68 FR 67578: the appearance to which a notice called, on the day that it names or another. */
export function completeNoticeInterview(
  data: RegistrantCommandData['CompleteNoticeInterview'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: InterviewCase = {
    event: { type: 'NoticeInterviewCompleted', data },
    day: data.interviewedOn,
    dayField: 'interviewedOn',
    state,
    facts,
  };
  return decideCase(
    of,
    [
      () => notRegistered(of),
      () => withoutNotice(of),
      () => interviewRecorded(of),
      () => noStayOnThatDay(of),
    ],
    () => answersNothing(of),
  );
}

function withoutNotice({ event, day, state }: InterviewCase): Refusal | undefined {
  const [notice] = noticesServed(state, event.data.noticeId);
  if (!notice) {
    return byRecord('NoticeUnknown', {
      detail: 'The record has no notice with this id: check it, or record its service first.',
      field: 'noticeId',
    });
  }
  if (notice.day <= day) return undefined;
  return byRule('InterviewBeforeService', {
    detail: `The notice was served on ${notice.day}: nobody appears on it before.`,
    field: 'interviewedOn',
  });
}

function interviewRecorded({ event, state }: InterviewCase): Refusal | undefined {
  const { noticeId } = event.data;
  const recorded = state.facts.find(
    (fact) => fact.type === 'NoticeInterviewCompleted' && fact.data.noticeId === noticeId,
  );
  if (!recorded) return undefined;
  return byRecord('NoticeInterviewAlreadyRecorded', {
    detail:
      `The interview to which this notice called is recorded for ${recorded.day}: if that is wrong, ` +
      'correct that record.',
    field: 'noticeId',
  });
}

function answersNothing(of: InterviewCase): readonly string[] {
  const { noticeId } = of.event.data;
  return noticesServed(of.state, noticeId)
    .slice(0, 1)
    .flatMap(({ day: anchorOn }) =>
      changesNothing(of, { duty: 'notice-interview', anchorOn, noticeId }),
    );
}
