import { departurePortsOn } from './asked.js';
import * as assumed from './assumptions.js';
import { draftChanges } from './changes.js';
import type { Draft } from './draft.js';
import type { FirstRegistration } from './first-registrations.js';
import type { Nationalities } from './nationalities.js';
import { draftNotices } from './notices.js';
import { draftOfficeVisits } from './office-visits.js';
import type { Random } from './random.js';
import { lagOf } from './recording.js';
import { draftStray } from './slips.js';
import { draftExemption, draftStatusChange } from './status.js';
import { beginFirst, type LivedStay, returnAfter } from './stay.js';

/** The whole life in the registry of one person, from the first registration on that day. */
export function draftLife(
  begin: { readonly first: FirstRegistration; readonly day: number },
  nationalities: Nationalities,
  random: Random,
): Draft {
  const { traveller, stay: firstStay } = beginFirst(begin, nationalities, random);
  const draft: Draft = { traveller, stays: [], facts: [], reports: [], failures: [] };
  let stay: LivedStay | undefined = firstStay;
  while (stay) stay = draftStay(draft, stay, random);
  return draft;
}

/** All that happens in one stay; gives back the next one, where there is one. */
function draftStay(draft: Draft, whole: LivedStay, random: Random): LivedStay | undefined {
  const { traveller, stays, facts } = draft;
  const isFirst = stays.length === 0;
  const { from, registration } = whole;
  const lag = isFirst ? 0 : lagOf('arrival', random);
  facts.push({ occurrence: registration, on: from, recordedOn: from + lag });
  const { stay, hasLeftProgramme } = draftStatusChange(draft, whole, random);
  stays.push(stay);
  draftOfficeVisits(draft, stay, random);
  draftChanges(draft, stay, random);
  draftNotices(draft, stay, random);
  draftExemption(draft, stay, random);
  if (!hasLeftProgramme) draftDeparture(draft, stay, random);
  draftStray(draft, stay, random);
  if (hasLeftProgramme || stays.length >= assumed.returns.arrivalsMax) return undefined;
  return returnAfter({ traveller, stay }, random);
}

function draftDeparture(draft: Draft, stay: LivedStay, random: Random): void {
  const { temperament, classOfAdmission } = draft.traveller;
  const on = stay.until;
  const designated = departurePortsOn(on, classOfAdmission);
  const way = random.weighted(assumed.leaving[temperament]);
  if (way === 'unrecorded') return;
  if (way === 'confirmed' && designated.length > 0) {
    const usual = designated.includes(stay.port) && random.chance(assumed.leavesByPortOfArrival);
    draft.facts.push({
      occurrence: {
        type: 'DepartureConfirmed',
        port: usual ? stay.port : departurePort(designated, random),
      },
      on,
      recordedOn: on + lagOf('departure', random),
    });
    return;
  }
  const source = random.weighted(assumed.departureSources);
  if (designated.length > 0) draft.failures.push({ duty: 'departure-registration', dueOn: on });
  draft.facts.push({
    occurrence: {
      type: 'UnregisteredDepartureRecorded',
      source,
      port: random.weighted(assumed.arrivalPorts),
    },
    on,
    recordedOn: on + lagOf(source === 'carrier-manifest' ? 'manifest' : 'consular', random),
  });
}

/** One of the ports by which people come, as far as it is designated; at Oakland they leave only later. */
function departurePort(designated: readonly string[], random: Random): string {
  for (;;) {
    const port = random.weighted(assumed.arrivalPorts);
    if (designated.includes(port)) return port;
  }
}
