import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { requestOf, unavailable } from '#libs/web';
import type { Preparation } from './preparation.js';

/** Until an empty log is seeded and the registry's day is known, the API answers 503. */
export class ReadyGuard implements CanActivate {
  constructor(private readonly preparation: Preparation) {}

  canActivate(context: ExecutionContext): boolean {
    const isApi = requestOf(context).path.startsWith('/api/');
    if (!isApi || this.preparation.state === 'done') return true;
    throw unavailable('NotReady', `The registry is not ready yet: ${this.preparation.state}.`, 1);
  }
}
