import type { Socket } from 'node:net';

type Ends = Pick<Socket, 'localAddress' | 'remoteAddress' | 'remotePort'>;

/**
 * The connections that are open, also those still at their handshake. Where there are too many, the oldest
 * on which nobody known has called is closed, so that strangers take no room of others.
 */
export class Connections {
  readonly #max: number;
  readonly #open = new Map<string, Socket>();
  readonly #strangers = new Map<string, Socket>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Closes it where all others are known and there is no room. */
  add(socket: Socket): void {
    const ends = endsOf(socket);
    this.#open.set(ends, socket);
    this.#strangers.set(ends, socket);
    socket.once('close', () => {
      this.#remove(ends, socket);
    });
    if (this.#open.size <= this.#max) return;
    const [oldest] = this.#strangers;
    if (oldest === undefined) return;
    this.#remove(...oldest);
    oldest[1].destroy();
  }

  /** Somebody known has called on it. TLS has a socket of its own, with the same ends. */
  know(socket: Ends): void {
    this.#strangers.delete(endsOf(socket));
  }

  isKnown(socket: Ends): boolean {
    return !this.#strangers.has(endsOf(socket));
  }

  destroyAll(): void {
    for (const socket of this.#open.values()) socket.destroy();
  }

  #remove(ends: string, socket: Socket): void {
    if (this.#open.get(ends) !== socket) return;
    this.#open.delete(ends);
    this.#strangers.delete(ends);
  }
}

function endsOf({ localAddress, remoteAddress, remotePort }: Ends): string {
  return [localAddress, remoteAddress, remotePort].join(' ');
}
