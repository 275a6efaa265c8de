import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiHeader } from '@nestjs/swagger';
import { purposeForm, readPurpose } from '#libs/access';
import { ApiProblem } from './api-problem.js';
import { Problem } from './problem.js';
import { requestOf } from './request.js';

const READS_PERSON = 'portbook:reads-person';

/** Marks routes that show a person's record: each reading states its purpose. */
export const ReadsPerson = () =>
  applyDecorators(
    SetMetadata(READS_PERSON, true),
    ApiHeader({ name: 'X-Purpose', required: true, description: purposeForm }),
    ApiProblem(400),
  );

export class PurposeGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const needed = this.reflector.getAllAndOverride<boolean | undefined>(READS_PERSON, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!needed) return true;
    const request = requestOf(context);
    const stated = request.get('x-purpose')?.trim() ?? '';
    if (stated === '') {
      throw purposeProblem('PurposeMissing', "Reading a person's record needs its purpose");
    }
    const purpose = readPurpose(stated);
    if (!purpose) throw purposeProblem('PurposeUnknown', 'This is no purpose that is known here');
    request.purpose = purpose;
    return true;
  }
}

/** What was stated is not repeated: it is the caller's text. */
function purposeProblem(code: string, sentence: string): Problem {
  return new Problem({ status: 400, code, detail: `${sentence}: X-Purpose: ${purposeForm}.` });
}
