import { SYNTHETIC_NOTE } from '#libs/kernel';
import type { ReplayRequest } from './request.js';
import type { ReplaySource } from './source.js';
import { HOURS_PER_VISIT, MINUTES_PER_VISIT } from './tally.js';

/** In words, what the figures of an answer rest on, and what they cannot say. */
export function notesOf(
  { measures, by }: ReplayRequest,
  { isAdopted, isSynthetic }: Pick<ReplaySource, 'isAdopted' | 'isSynthetic'>,
): readonly string[] {
  const notes = [
    'Behaviour is held fixed. What nobody was asked for is untested, and never counted with what was missed.',
    'Only people whom the registry registered are in it: figures of a wider policy are lower bounds.',
  ];
  if (measures.includes('complianceRate') || measures.includes('departuresRegistered')) {
    notes.push(
      'Rates leave out what is untested, though not what was met without being asked for.',
    );
  }
  if (measures.includes('officerMinutes')) {
    notes.push(
      `Officer minutes: ${MINUTES_PER_VISIT} a visit to an office, assumed; untested visits are counted.`,
    );
  }
  if (measures.includes('registrantHours')) {
    notes.push(
      `Registrant hours: ${HOURS_PER_VISIT} a visit to an office, assumed; untested visits are counted.`,
    );
  }
  if (by.includes('nationality') || by.includes('criterion')) {
    notes.push(
      'Who has several nationalities, or was registered on several criteria, counts in each: such rows do not add up.',
    );
  }
  if (isSynthetic) notes.push(SYNTHETIC_NOTE);
  if (isAdopted) notes.push('Times of recording were adopted from a history file.');
  return notes;
}
