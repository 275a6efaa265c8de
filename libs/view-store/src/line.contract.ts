import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Between the store and its server: it can be cut, and fall silent. */
export class Line {
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((near) => this.#join(near));
  readonly #to: URL;
  #isMute = false;

  constructor(to: string) {
    this.#to = new URL(to === '' ? 'mongodb://127.0.0.1:1' : to);
  }

  async open(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get uri(): string {
    const uri = new URL(this.#to);
    uri.port = String((this.#server.address() as { readonly port: number }).port);
    return uri.href;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  /** What comes while it is silent is lost, and so is the connection once it speaks again. */
  mute(isMute: boolean): void {
    this.#isMute = isMute;
    if (!isMute) this.cut();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#to.port), this.#to.hostname);
    this.#carry(near, far);
    this.#carry(far, near);
  }

  #carry(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (bytes) => {
      if (!this.#isMute) to.write(bytes);
    });
    from.on('error', () => undefined);
    from.on('close', () => to.destroy());
  }
}
