import { RULES_VERSION } from '#libs/assessment';
import {
  type EventLog,
  type EventToAppend,
  type RegistrantKeys,
  requestHash,
} from '#libs/event-log';
import {
  type Actor,
  type Decision,
  eventId,
  type EventMetadata,
  isRefused,
  type NewEvent,
  POLICY_STREAM,
  type RecordedEvent,
  registrantIdOf,
  registrantStream,
} from '#libs/kernel';
import { decidePolicy, type PolicyCommand } from '#libs/policy';
import { decideRegistrant, foldRegistrant, type RegistrantCommand } from '#libs/registry';
import { OneAtATime } from './one-at-a-time.js';
import type { Accepted, CommandOutcome } from './outcome.js';
import type { CurrentPolicy, PolicyReader } from './policy-reader.js';
import { latestLegalDay, type RegistryClock } from './registry-clock.js';

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

export interface CommandRunnerDeps {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
  readonly policies: PolicyReader;
  readonly clock: RegistryClock;
}

/** A command with what it is decided on, read at one moment. */
interface Attempt {
  readonly command: AnyCommand;
  readonly issue: Issue;
  readonly stream: string;
  readonly record: readonly RecordedEvent[];
  readonly policy: CurrentPolicy;
}

const ATTEMPTS_MAX = 4;

/**
 * The one way in which a command becomes events: read the stream and the policy, answer a repeated
 * command as the first time, decide, append with the expected revision, and on a conflict decide again.
 */
export class CommandRunner {
  /** Commands of one stream wait for each other within this process; across processes the revision decides. */
  readonly #queue = new OneAtATime();

  constructor(private readonly deps: CommandRunnerDeps) {}

  async run(command: AnyCommand, issue: Issue): Promise<CommandOutcome> {
    const stream = streamOf(command);
    return this.#queue.run(stream, async () => {
      for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
        const outcome = await this.#attempt(command, issue, stream);
        if (outcome) return outcome;
      }
      return { kind: 'contended' };
    });
  }

  /** Undefined where somebody else wrote to the stream between reading and appending. */
  async #attempt(
    command: AnyCommand,
    issue: Issue,
    stream: string,
  ): Promise<CommandOutcome | undefined> {
    const [record, policy] = await Promise.all([this.#read(stream), this.deps.policies.current()]);
    const attempt: Attempt = { command, issue, stream, record, policy };
    const before = record.filter(({ metadata }) => metadata.commandId === issue.commandId);
    if (before.length > 0) return this.#repeated(attempt, before);
    const last = record.at(-1);
    if (issue.ifMatch !== undefined && issue.ifMatch !== last?.revision) {
      return { kind: 'precondition-failed', ...(last && { revision: last.revision }) };
    }
    const decision = this.#decide(attempt);
    if (isRefused(decision)) return { kind: 'refused', refusal: decision.refusal };
    return this.#record(attempt, decision);
  }

  async #read(stream: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.deps.log.readStream(stream)) events.push(event);
    return events;
  }

  #repeated(attempt: Attempt, before: readonly RecordedEvent[]): CommandOutcome {
    const { stream, record, policy } = attempt;
    const last = before.at(-1);
    if (!last || last.metadata.requestHash !== this.#requestHash(attempt, this.#keyOf(stream))) {
      return { kind: 'refused', refusal: idempotencyKeyReused };
    }
    return {
      kind: 'accepted',
      isRepeated: true,
      isDryRun: false,
      stream,
      revision: last.revision,
      position: last.position,
      events: before.map(({ id, type, revision }) => ({ id, type, revision })),
      warnings: [],
      record,
      policy: policy.policy,
    };
  }

  #decide({ command, record, policy }: Attempt): Decision<NewEvent> {
    const { clock } = this.deps;
    if (isRegistrantCommand(command)) {
      return decideRegistrant(command, foldRegistrant(record), {
        policy: policy.policy,
        latestDay: latestLegalDay(clock.now()),
      });
    }
    return decidePolicy(command, { records: policy.records }, { today: clock.registryDay() });
  }

  async #record(
    attempt: Attempt,
    decision: { readonly events: readonly NewEvent[]; readonly warnings?: readonly string[] },
  ): Promise<Accepted | CommandOutcome | undefined> {
    const { stream, record, issue } = attempt;
    const isDryRun = issue.dryRun === true;
    const key = isDryRun ? this.#keyOf(stream) : await this.#ensureKey(stream);
    const events = this.#eventsToAppend(attempt, decision.events, key);
    const answer = (revision: number, position: number | undefined): Accepted =>
      accepted(attempt, { events, revision, position, warnings: decision.warnings ?? [] });
    const last = record.at(-1);
    const revisionBefore = last?.revision ?? -1;
    if (isDryRun || events.length === 0) {
      return answer(revisionBefore + events.length, isDryRun ? undefined : last?.position);
    }
    const expected = last ? last.revision : 'no-stream';
    const appended = await this.deps.log.append(stream, events, expected);
    if (!('conflict' in appended)) return answer(appended.revision, appended.position);
    return issue.ifMatch === undefined ? undefined : { kind: 'precondition-failed' };
  }

  #eventsToAppend(
    attempt: Attempt,
    events: readonly NewEvent[],
    key: Uint8Array | undefined,
  ): readonly EventToAppend[] {
    const { stream, issue } = attempt;
    const hash = this.#requestHash(attempt, key);
    const metadata = this.#metadata(attempt, hash);
    return events.map(({ type, data }, index) => ({
      id: eventId(stream, issue.commandId, hash, index),
      type,
      data,
      metadata,
    }));
  }

  #metadata({ command, issue, policy }: Attempt, hash: string): EventMetadata {
    const { commandId, actor, correlationId } = issue;
    return {
      $correlationId: correlationId ?? commandId,
      $causationId: commandId,
      commandId,
      requestHash: hash,
      actor,
      recordedAt: this.deps.clock.now(),
      schemaVersion: 1,
      ...(isRegistrantCommand(command) && {
        ...(policy.revision !== undefined && { policyRevision: policy.revision }),
        policyHash: policy.policy.hash,
        rulesVersion: RULES_VERSION,
      }),
    };
  }

  #requestHash({ command }: Attempt, key: Uint8Array | undefined): string {
    return requestHash(command.type, command.data, key);
  }

  /** Bodies of registrants are hashed under the registrant's key; those of policy are public. */
  #keyOf(stream: string): Uint8Array | undefined {
    const registrantId = registrantIdOf(stream);
    return registrantId === undefined ? undefined : this.deps.keys.find(registrantId);
  }

  async #ensureKey(stream: string): Promise<Uint8Array | undefined> {
    const registrantId = registrantIdOf(stream);
    if (registrantId === undefined) return undefined;
    return (await this.deps.keys.getOrCreate([registrantId])).get(registrantId);
  }
}

const idempotencyKeyReused = {
  code: 'IdempotencyKeyReused',
  because: 'state',
  detail:
    'This Idempotency-Key was used for another command or another body: send the same body again, or a new key.',
} as const;

function accepted(
  { stream, record, policy, issue }: Attempt,
  told: {
    readonly events: readonly EventToAppend[];
    readonly revision: number;
    readonly position: number | undefined;
    readonly warnings: readonly string[];
  },
): Accepted {
  const { events, revision, position, warnings } = told;
  const first = revision - events.length + 1;
  const positionOfLast = position ?? (record.at(-1)?.position ?? 0) + events.length;
  const appended = events.map((event, at): RecordedEvent => ({
    ...event,
    stream,
    revision: first + at,
    position: positionOfLast - (events.length - 1 - at),
  }));
  return {
    kind: 'accepted',
    isRepeated: false,
    isDryRun: issue.dryRun === true,
    stream,
    revision,
    ...(position !== undefined && { position }),
    events: appended.map(({ id, type, revision: of }) => ({ id, type, revision: of })),
    warnings,
    record: [...record, ...appended],
    policy: policy.policy,
  };
}

function isRegistrantCommand(command: AnyCommand): command is RegistrantCommand {
  return 'registrantId' in command.data;
}

function streamOf(command: AnyCommand): string {
  return isRegistrantCommand(command) ? registrantStream(command.data.registrantId) : POLICY_STREAM;
}
