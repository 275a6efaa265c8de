import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Role } from '#libs/access';
import { ApiProblem } from './api-problem.js';
import { Problem } from './problem.js';
import { requestOf } from './request.js';
import { type Principal, unauthenticated, type VerifyToken } from './token-verifier.js';

type Admission = 'public' | 'any-role' | readonly Role[];
const ADMISSION = 'portbook:admission';

/** Lets in who holds one of these roles; the role under which somebody acts is the first that they hold. */
export const Roles = (...roles: readonly Role[]) =>
  applyDecorators(SetMetadata(ADMISSION, roles), ApiBearerAuth(), ApiProblem(401), ApiProblem(403));

/** Lets in who holds any valid token. */
export const AnyRole = () =>
  applyDecorators(SetMetadata(ADMISSION, 'any-role'), ApiBearerAuth(), ApiProblem(401));

/** Lets in everybody. */
export const Public = () => SetMetadata(ADMISSION, 'public');

/**
 * Stands before everything that reads a request's body: a stranger learns nothing of what is wrong
 * with it. A route that says nothing of whom it lets in is a fault, and lets nobody in.
 */
export class AccessGuard implements CanActivate {
  private readonly reflector = new Reflector();

  constructor(private readonly verify: VerifyToken) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const admission = this.reflector.getAllAndOverride<Admission | undefined>(ADMISSION, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (admission === undefined) throw new Error('This route does not say whom it lets in.');
    if (admission === 'public') return true;

    const request = requestOf(context);
    const principal = await this.verify(bearerOf(request.get('authorization')));
    request.actor = { id: principal.id, role: admittedRole(principal, admission) };
    return true;
  }
}

function bearerOf(header: string | undefined): string {
  const [, token] = /^Bearer +([^\s]+)$/i.exec(header ?? '') ?? [];
  if (token === undefined) {
    throw unauthenticated('A token is needed: Authorization: Bearer <token>.');
  }
  return token;
}

function admittedRole(principal: Principal, admission: 'any-role' | readonly Role[]): string {
  if (admission === 'any-role') return principal.roles[0] ?? 'none';
  const role = admission.find((allowed) => principal.roles.includes(allowed));
  if (role !== undefined) return role;
  throw new Problem({
    status: 403,
    code: 'RoleMissing',
    detail: `This needs the role ${admission.join(' or ')}; the token has ${
      principal.roles.join(', ') || 'none'
    }.`,
  });
}
