import type { PolicyRecord } from './record.js';

/** Sentence fragments that are true of the policy; also the codes of the refusals that they lead to. */
export type FindingCode =
  | 'CallInGroupAlreadyAnnounced'
  | 'CallInGroupAlreadyClosed'
  | 'CallInGroupNotAnnounced'
  | 'CallInGroupStillOpen'
  | 'CountryNotCalledIn'
  | 'DutyNotEnacted'
  | 'DutyNotInForce'
  | 'DutyNotSuspended'
  | 'ExtensionClosesNoLater'
  | 'WindowClosesBeforeItOpens';

/** Something that makes no sense in a policy read as a whole. */
export interface Finding {
  /** The event that it is about. */
  readonly ref: string;
  /** The other event that has a part in it, where there is one. */
  readonly otherRef?: string;
  /**
   * `contradiction`: the policy cannot be read. `idle`: the event does nothing that it is there for.
   * `moot`: so in part, or as long as no other event is added.
   */
  readonly weight: 'contradiction' | 'idle' | 'moot';
  readonly code: FindingCode;
  /** What the event does or does not, to be read after its ref; without a full stop. */
  readonly problem: string;
}

/** A finding about those of the things acted on that are not there to be acted on; idle if all are not. */
export function nothingToActOn(
  { ref }: PolicyRecord,
  of: {
    readonly all: readonly (string | number)[];
    readonly missing: readonly (string | number)[];
    readonly code: FindingCode;
    readonly why: (missing: string) => string;
  },
): readonly Finding[] {
  if (of.missing.length === 0) return [];
  const idle = of.missing.length === of.all.length;
  const because = of.why(of.missing.join(', '));
  return [
    {
      ref,
      weight: idle ? 'idle' : 'moot',
      code: of.code,
      problem: `has nothing to act on${idle ? '' : ' in part'}: ${because}`,
    },
  ];
}
