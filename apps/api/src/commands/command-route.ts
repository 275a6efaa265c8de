import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import type { Role } from '#libs/access';
import { ApiProblem, ReadsQuery, Roles } from '#libs/web';
import { CommandAnswerBody } from './command-answer.dto.js';

/** One command's address: who may issue it, and what is answered. */
export function CommandRoute(kebabName: string, role: Role): MethodDecorator {
  return applyDecorators(
    Post(kebabName),
    HttpCode(201),
    Roles(role),
    ReadsQuery(),
    ApiOperation({ summary: sentence(kebabName) }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: 'The command id: the same key and body again give the first answer, with 200.',
      schema: { type: 'string', format: 'uuid' },
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision that the stream must have, in quotes as in ETag.',
      schema: { type: 'string', example: '"3"' },
    }),
    ApiQuery({
      name: 'dryRun',
      required: false,
      type: Boolean,
      description: 'true: decide and answer with 200, but record nothing.',
    }),
    ApiResponse({ status: 201, description: 'Recorded.', type: CommandAnswerBody }),
    ApiResponse({
      status: 200,
      description: 'A repeated command, or a dry run.',
      type: CommandAnswerBody,
    }),
    ApiProblem(400, 'The body, a header or a parameter is malformed; each field is named.'),
    ApiProblem(409, 'What is recorded says no, or the key was used for another body.'),
    ApiProblem(412, 'The stream has another revision than If-Match says.'),
    ApiProblem(413),
    ApiProblem(422, 'A rule says no; it is named with its citation.'),
    ApiProblem(503, 'The event log cannot be reached; nothing is accepted that is not durable.'),
  );
}

function sentence(kebabName: string): string {
  const words = kebabName.replaceAll('-', ' ').replace('us visit', 'US-VISIT');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
