import { type Actor, POLICY_STREAM, type RecordedEvent, registrantStream } from '#libs/kernel';
import type { PolicyCommand } from '#libs/policy';
import type { RegistrantCommand } from '#libs/registry';
import type { CurrentPolicy } from './current-policy.js';

export type AnyCommand = RegistrantCommand | PolicyCommand;

/** Who issues a command, and under which conditions. */
export interface Issue {
  /** The `Idempotency-Key`: the command id, within its stream. */
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId?: string;
  /** The revision that the stream must have. */
  readonly ifMatch?: number;
  readonly dryRun?: boolean;
}

/** A command with what it is decided on, read at one moment. */
export interface Attempt {
  readonly command: AnyCommand;
  readonly issue: Issue;
  readonly stream: string;
  /** The events of the stream, in the order of the log. */
  readonly record: readonly RecordedEvent[];
  readonly policy: CurrentPolicy;
}

export function isRegistrantCommand(command: AnyCommand): command is RegistrantCommand {
  return 'registrantId' in command.data;
}

export function streamOf(command: AnyCommand): string {
  return isRegistrantCommand(command) ? registrantStream(command.data.registrantId) : POLICY_STREAM;
}
