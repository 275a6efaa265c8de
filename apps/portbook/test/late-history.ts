import { policyHistory } from '#libs/command-handling';
import { historyLine } from '#libs/event-log';
import { registrantStream } from '#libs/kernel';
import { enactedTimeline } from '#libs/policy';
import { aFact, anArrival, anInterview, recorded, recordedId, SPEC_REGISTRANT } from '#libs/spec';

const stream = registrantStream(SPEC_REGISTRANT);
const policyLines = policyHistory(enactedTimeline);
export const suspensionAt = enactedTimeline.findIndex(
  ({ ref }) => ref === 'domestic-registration-suspended',
);
/** The arrival stands behind the policy that was published before the suspension. */
export const arrivalLine = suspensionAt + 1;

/**
 * A student who arrived on 23 October 2003 and came to his interview on 25 November, of which the
 * registry heard a fortnight later; then it found that he had arrived on the 20th.
 */
export function lateHistory(): string {
  const arrival = anArrival({ arrivedOn: '2003-10-23' });
  const corrected = {
    type: 'ArrivalRegistered',
    version: 1,
    data: { ...arrival.data, arrivedOn: '2003-10-20' },
  };
  const [arrived, interviewed, correction] = recorded(stream, [
    arrival,
    { ...anInterview({ interviewedOn: '2003-11-25' }), recordedAt: '2003-12-10T12:00:00.000Z' },
    {
      ...aFact('RecordCorrected', { eventId: recordedId(stream, 0), corrected, reason: 'A slip' }),
      recordedAt: '2003-12-15T12:00:00.000Z',
    },
  ]);
  const all = [
    ...policyLines.slice(0, suspensionAt),
    arrived!,
    ...policyLines.slice(suspensionAt),
    interviewed!,
    correction!,
  ];
  return all.map((event) => `${historyLine(event).trimEnd()}\n`).join('');
}
