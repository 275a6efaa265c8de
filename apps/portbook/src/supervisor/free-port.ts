import { once } from 'node:events';
import { createServer } from 'node:net';

/** Why nothing can listen at the address, in one line; undefined where it is free. */
export async function problemWithPort(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken. Stop what uses it, or set PORT to another (0: any free one).`
      : `Port ${port} on ${host} cannot be listened on (${code}). Set HOST and PORT to others.`;
  }
  server.close();
  await once(server, 'close');
  return undefined;
}
