/** Where a client finds the node. */
export interface EndPoint {
  readonly host: string;
  readonly port: number;
}

const AUTHORITY_MAX = 1_024;

/**
 * The address by which a client has reached the node, from the authority of its call: the one name of the
 * node of which it is certain that this client can use it, behind a forwarded port or a proxy too. The other
 * address where the client has named none.
 */
export function reachedAt(authority: string | undefined, other: EndPoint): EndPoint {
  if (authority === undefined || authority.length > AUTHORITY_MAX) return other;
  // Of no scheme that has a port of its own: that one would be taken for none.
  const parts = /^(\[[0-9a-f:.]+\]|[^@:/?#\s[\]]+):(\d{1,5})$/i.exec(authority);
  const [, host, port] = parts ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return other;
  return { host, port: Number(port) };
}
