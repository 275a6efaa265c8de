import { type CanActivate, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { json, type Request, type RequestHandler, type Response } from 'express';
import { shape } from '#libs/kernel';
import { Problem } from './problem.js';
import { requestOf } from './request.js';

const BODY_LIMIT = 'portbook:body-limit';
const STREAMED_BODY = 'portbook:streamed-body';
const KIBIBYTE = 1024;
const DEFAULT_LIMIT = 64 * KIBIBYTE;

/** How large the body of a route may be, in bytes; 64 KiB where it says nothing. */
export const BodyLimit = (bytes: number) => SetMetadata(BODY_LIMIT, bytes);

/** The route reads its body itself, piece by piece, and bounds it. */
export const StreamedBody = () => SetMetadata(STREAMED_BODY, true);

/** Scenarios hold lists of events. */
export const SCENARIO_BODY_LIMIT = 1024 * KIBIBYTE;

/**
 * Reads the JSON body as the last of the guards, so that it is read for those only whom the others
 * let through. What its parser says is replaced: it would repeat a piece of the body.
 */
export class BodyGuard implements CanActivate {
  private readonly reflector = new Reflector();
  private readonly parsers = new Map<number, RequestHandler>();

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    if (this.reflector.get<boolean | undefined>(STREAMED_BODY, context.getHandler())) return true;
    const limit =
      this.reflector.get<number | undefined>(BODY_LIMIT, context.getHandler()) ?? DEFAULT_LIMIT;
    const response = context.switchToHttp().getResponse<Response>();
    await read(request, response, { parser: this.parserOf(limit), limit });
    return true;
  }

  private parserOf(limit: number): RequestHandler {
    const parser = this.parsers.get(limit) ?? json({ limit, reviver: refuseProto });
    this.parsers.set(limit, parser);
    return parser;
  }
}

async function read(
  request: Request,
  response: Response,
  { parser, limit }: { readonly parser: RequestHandler; readonly limit: number },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parser(request, response, (error?: unknown) => {
      if (error) reject(problemOf(error, limit));
      else resolve();
    });
  });
  if (shape.isPlainObject(request.body)) return;
  if (request.body === undefined && hasBody(request)) throw notJson();
  throw badBody('The body must be a JSON object.');
}

/** A key by which the object's own kind could be changed never reaches what copies objects. */
function refuseProto(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ is no field.');
  return value;
}

function hasBody(request: Request): boolean {
  return (
    request.get('transfer-encoding') !== undefined || Number(request.get('content-length')) > 0
  );
}

function problemOf(error: unknown, limit: number): Problem {
  const type = (error as { readonly type?: string }).type;
  if (type === 'entity.too.large') {
    return new Problem({
      status: 413,
      code: 'BodyTooLarge',
      detail: `The body may have at most ${String(limit / KIBIBYTE)} KiB.`,
    });
  }
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return notJson();
  return badBody('The body is not well-formed JSON.');
}

function notJson(): Problem {
  return new Problem({
    status: 415,
    code: 'NotJson',
    detail: 'The body must be JSON in UTF-8: Content-Type: application/json.',
  });
}

function badBody(detail: string): Problem {
  return new Problem({ status: 400, code: 'Malformed', detail });
}
