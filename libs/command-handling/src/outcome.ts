import type { RecordedEvent, Refusal } from '#libs/kernel';
import type { Policy } from '#libs/policy';

/** What a command came to; only faults throw. */
export type CommandOutcome = Accepted | Refused | PreconditionFailed | Contended;

export interface Accepted {
  readonly kind: 'accepted';
  /** The same command was accepted before; this is its first answer, and nothing was appended. */
  readonly isRepeated: boolean;
  /** Nothing was appended because nothing was to be; the ids of the events are provisional. */
  readonly isDryRun: boolean;
  readonly stream: string;
  /** Of the command's last event. */
  readonly revision: number;
  /** Of the command's last event in the log; absent in a dry run. */
  readonly position?: number;
  readonly events: readonly AcceptedEvent[];
  readonly warnings: readonly string[];
  /** The stream as it stands after the command, so that it need not be read again. */
  readonly record: readonly RecordedEvent[];
  /** As recorded after the command. */
  readonly policy: Policy;
}

export interface AcceptedEvent {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
}

export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
}

/** `If-Match` named another revision than the stream has. */
export interface PreconditionFailed {
  readonly kind: 'precondition-failed';
  /** Absent where there is no such stream. */
  readonly revision?: number;
}

/** Others wrote to the stream at each attempt: worth another try later. */
export interface Contended {
  readonly kind: 'contended';
}
