import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Purpose } from '#libs/access';
import type { Actor } from '#libs/kernel';

/** A request as the guards leave it: who acts, in which role, and why a person is read. */
export interface GuardedRequest extends Request {
  actor?: Actor;
  purpose?: Purpose;
}

export function requestOf(context: ExecutionContext): GuardedRequest {
  return context.switchToHttp().getRequest<GuardedRequest>();
}

/** Who acts; a fault where the route let a stranger in. */
export function actorOf(request: GuardedRequest): Actor {
  if (!request.actor) throw new Error('This route is public and has no actor.');
  return request.actor;
}
