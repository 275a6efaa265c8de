/** What the system says of why it refused, such as ENOSPC. */
export function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
