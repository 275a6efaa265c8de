import { setTimeout as wait } from 'node:timers/promises';
import { arrivalOf, departureKeyOf, departureOf, keyOf } from './people.js';
import type { Answer, RunningSystem } from './running-system.js';

interface Accepted {
  readonly events: readonly { readonly id: string }[];
}

type Asked = Answer<Accepted>;

const RETRY_MS = 20;
/** Nobody knows yet whether such a command was accepted: it is sent again, as it was. */
const NO_ANSWER = [500, 502, 503, 504];

/** Officers at work: each sends a command until it is answered, with the same key and body each time. */
export class Officers {
  /** By command id, the ids of the events that were acknowledged. */
  readonly acknowledged = new Map<string, readonly string[]>();
  /** How often a command had to be sent again. */
  repeated = 0;

  constructor(private readonly system: RunningSystem) {}

  /** Registers the nth invented person, and every other one's departure as well. */
  async serve(nth: number): Promise<void> {
    await this.send('register-arrival', keyOf(nth), arrivalOf(nth));
    if (nth % 2 !== 0) return;
    await this.send('confirm-departure', departureKeyOf(nth), departureOf(nth));
  }

  /** Serves one after the other over so many connections, until told to stop. Gives the next number. */
  async serveUntil(stop: AbortSignal, { from, connections }: ShiftPlan): Promise<number> {
    let next = from;
    const connection = async (): Promise<void> => {
      while (!stop.aborted) {
        const nth = next;
        next += 1;
        await this.serve(nth);
      }
    };
    await Promise.all(Array.from({ length: connections }, connection));
    return next;
  }

  async send(command: string, key: string, body: unknown): Promise<number> {
    for (;;) {
      const answer = await this.#asked(command, { body, headers: { 'idempotency-key': key } });
      if (answer && (answer.status === 201 || answer.status === 200)) {
        this.acknowledged.set(
          key,
          answer.body.events.map(({ id }) => id),
        );
        return answer.status;
      }
      if (answer && !NO_ANSWER.includes(answer.status)) {
        throw new Error(`${command} was refused: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      this.repeated += 1;
      await wait(RETRY_MS);
    }
  }

  /** Undefined where the connection broke, or the answer on its way. */
  async #asked(command: string, options: object): Promise<Asked | undefined> {
    try {
      return await this.system.ask<Accepted>('POST', `/api/commands/${command}`, options);
    } catch (error) {
      // In specs Node's own errors are of another realm, so that instanceof does not know them.
      const { name } = error as Error;
      if (name !== 'TypeError' && name !== 'SyntaxError') throw error;
      return undefined;
    }
  }
}

export interface ShiftPlan {
  /** The number of the first person. */
  readonly from: number;
  readonly connections: number;
}
