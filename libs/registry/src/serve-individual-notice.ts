import type { Decision, Refusal } from '#libs/kernel';
import type { Case, DecisionFacts } from './case.js';
import type { RegistrantCommandData } from './commands.js';
import { decideCase } from './decide-case.js';
import type { RegistrantEvent } from './events.js';
import { noticesServed, type NoticeServed } from './notices.js';
import { changesNothing } from './owed.js';
import { noStayOnThatDay, notRegistered } from './presence-checks.js';
import { byRecord, byRule } from './refusals.js';
import type { Registrant } from './state.js';

/** 68 FR 67578: a registrant is called to an interview by a notice of his own. */
export function serveIndividualNotice(
  data: RegistrantCommandData['ServeIndividualNotice'],
  state: Registrant,
  facts: DecisionFacts,
): Decision<RegistrantEvent> {
  const of: Case<NoticeServed> = {
    event: { type: 'IndividualNoticeServed', data },
    day: data.servedOn,
    dayField: 'servedOn',
    state,
    facts,
  };
  const { noticeId, servedOn } = data;
  return decideCase(
    of,
    [
      () => appearanceBeforeService(of),
      () => notRegistered(of),
      () => noticeIdTaken(of),
      () => noStayOnThatDay(of),
    ],
    () => changesNothing(of, { duty: 'notice-interview', anchorOn: servedOn, noticeId }),
  );
}

function appearanceBeforeService({ event, day }: Case<NoticeServed>): Refusal | undefined {
  if (event.data.appearOn >= day) return undefined;
  return byRule('AppearanceBeforeService', {
    detail: 'Nobody can appear before the notice is served: give the day that it names.',
    field: 'appearOn',
  });
}

function noticeIdTaken({ event, state }: Case<NoticeServed>): Refusal | undefined {
  if (noticesServed(state, event.data.noticeId).length === 0) return undefined;
  return byRecord('NoticeIdTaken', {
    detail:
      'A notice with this id is recorded already: if what it says is wrong, correct that record; ' +
      'another notice has an id of its own.',
    field: 'noticeId',
  });
}
