import { obligationsUnder } from '#libs/assessment';
import { type EventLog, EventTooLarge, type RegistrantKeys } from '#libs/event-log';
import {
  type Decision,
  isRefused,
  type NewEvent,
  POLICY_STREAM,
  type RecordedEvent,
  registrantIdOf,
} from '#libs/kernel';
import { decidePolicy } from '#libs/policy';
import { decideRegistrant, foldRegistrant } from '#libs/registry';
import { firstAnswer, idempotencyKeyReused, newAnswer, recordTooLarge } from './answers.js';
import {
  type AnyCommand,
  type Attempt,
  isRegistrantCommand,
  type Issue,
  streamOf,
} from './attempt.js';
import { currentPolicyOf } from './current-policy.js';
import { eventsToAppend, requestHashOf } from './events-to-append.js';
import { OneAtATime } from './one-at-a-time.js';
import type { CommandOutcome } from './outcome.js';
import type { PolicyReader } from './policy-reader.js';
import { latestLegalDay, registryClock, type RegistryClock } from './registry-clock.js';

/** Is told what commands come to, to count it. */
export interface CommandObserver {
  /** By the command's name; `fault` where it threw. */
  readonly onOutcome: (command: string, outcome: CommandOutcome | 'fault') => void;
  /** Somebody else had appended to the stream between reading and appending. */
  readonly onConflict: (command: string, next: 'retried' | 'given-up') => void;
}

export interface CommandRunnerDeps {
  readonly log: EventLog;
  readonly keys: RegistrantKeys;
  readonly policies: PolicyReader;
  readonly clock: RegistryClock;
  readonly observer?: CommandObserver;
}

/** The first decision, and three more after conflicts. */
const ATTEMPTS_MAX = 4;

/**
 * The one way in which a command becomes events: read the stream and the policy, answer a repeated
 * command as the first time, decide, append with the expected revision, and on a conflict begin again.
 */
export class CommandRunner {
  /** Commands of one stream wait for each other within this process; across processes the revision decides. */
  readonly #queue = new OneAtATime();

  constructor(private readonly deps: CommandRunnerDeps) {}

  async run(command: AnyCommand, issue: Issue): Promise<CommandOutcome> {
    const { observer } = this.deps;
    const stream = streamOf(command);
    try {
      const outcome = await this.#queue.run(stream, () => this.#attempts(command, issue, stream));
      observer?.onOutcome(command.type, outcome);
      return outcome;
    } catch (error) {
      observer?.onOutcome(command.type, 'fault');
      throw error;
    }
  }

  async #attempts(command: AnyCommand, issue: Issue, stream: string): Promise<CommandOutcome> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
      const outcome = await this.#attempt(command, issue, stream);
      if (outcome) return outcome;
      const next = attempt < ATTEMPTS_MAX ? 'retried' : 'given-up';
      this.deps.observer?.onConflict(command.type, next);
    }
    return { kind: 'contended' };
  }

  /** Undefined where somebody else wrote to the stream between reading and appending. */
  async #attempt(
    command: AnyCommand,
    issue: Issue,
    stream: string,
  ): Promise<CommandOutcome | undefined> {
    const record = await this.#read(stream);
    // What a policy command is decided on must be the very record whose revision it expects.
    const policy =
      stream === POLICY_STREAM ? currentPolicyOf(record) : await this.deps.policies.current();
    const attempt: Attempt = { command, issue, stream, record, policy };
    const before = record.filter(({ metadata }) => metadata.commandId === issue.commandId);
    const [first, ...others] = before;
    if (first) return this.#repeated(attempt, [first, ...others]);
    const revision = record.at(-1)?.revision;
    if (issue.ifMatch !== undefined && issue.ifMatch !== revision) {
      return { kind: 'precondition-failed', ...(revision !== undefined && { revision }) };
    }
    const decision = decide(attempt, this.deps.clock);
    if (isRefused(decision)) return { kind: 'refused', refusal: decision.refusal };
    const { events, warnings = [] } = decision;
    return this.#record(attempt, events, warnings);
  }

  async #read(stream: string): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.deps.log.readStream(stream)) events.push(event);
    return events;
  }

  async #repeated(
    attempt: Attempt,
    before: readonly [RecordedEvent, ...RecordedEvent[]],
  ): Promise<CommandOutcome> {
    const hash = requestHashOf(attempt, this.#keyOf(attempt.stream));
    const isSame = before.every(({ metadata }) => metadata.requestHash === hash);
    if (!isSame) return { kind: 'refused', refusal: idempotencyKeyReused };
    return firstAnswer(attempt, before, await this.#warningsThen(attempt, before[0]));
  }

  /** Warnings are not recorded: they are derived anew from what the first decision stood on. */
  async #warningsThen(
    { command, stream, record }: Attempt,
    { revision, metadata }: RecordedEvent,
  ): Promise<readonly string[]> {
    const recordThen = record.filter((event) => event.revision < revision);
    const policyThen =
      stream === POLICY_STREAM
        ? currentPolicyOf(recordThen)
        : await this.deps.policies.upTo(metadata.policyRevision);
    const then = registryClock(() => metadata.recordedAt, undefined);
    const decision = decide({ command, record: recordThen, policy: policyThen }, then);
    return isRefused(decision) ? [] : (decision.warnings ?? []);
  }

  async #record(
    attempt: Attempt,
    decided: readonly NewEvent[],
    warnings: readonly string[],
  ): Promise<CommandOutcome | undefined> {
    const isDryRun = attempt.issue.dryRun === true;
    const { stream } = attempt;
    // A refused command and a dry run leave no trace, so no key either.
    const key = isDryRun ? this.#keyOf(stream) : await this.#ensureKey(stream);
    const events = eventsToAppend(attempt, decided, { key, now: this.deps.clock.now() });
    try {
      if (isDryRun) this.deps.log.check(stream, events);
      if (isDryRun || events.length === 0) return newAnswer(attempt, { events, warnings });
      const expected = attempt.record.at(-1)?.revision ?? 'no-stream';
      const appended = await this.deps.log.append(stream, events, expected);
      if ('conflict' in appended) return undefined;
      return newAnswer(attempt, { events, appended, warnings });
    } catch (error) {
      if (error instanceof EventTooLarge) return { kind: 'refused', refusal: recordTooLarge };
      throw error;
    }
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

type Decided = Pick<Attempt, 'command' | 'record' | 'policy'>;

function decide({ command, record, policy }: Decided, clock: RegistryClock): Decision<NewEvent> {
  if (!isRegistrantCommand(command)) {
    return decidePolicy(command, policy.policy, { today: clock.registryDay() });
  }
  return decideRegistrant(command, foldRegistrant(record), {
    policy: policy.policy,
    latestDay: latestLegalDay(clock.now()),
    obligationsOn: obligationsUnder(policy.policy),
  });
}
