/** An event as a client proposes it, before it has a place. */
export interface ProposedEvent {
  readonly id: Buffer;
  readonly type: string;
  readonly contentType: string;
  readonly metadata: Uint8Array;
  readonly data: Uint8Array;
}
