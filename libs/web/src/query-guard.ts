import { type CanActivate, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import { malformed, unknownParameters } from './problem.js';
import { requestOf } from './request.js';

const READS_QUERY = 'portbook:reads-query';

/** Marks routes that check their query parameters otherwise than by a parameter `@Query()`. */
export const ReadsQuery = () => SetMetadata(READS_QUERY, true);

/**
 * Refuses query parameters where a route reads none: what was asked for by one would silently not be
 * done. Where a route reads a query, its class names the fields.
 */
export class QueryGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const names = Object.keys(requestOf(context).query);
    if (names.length === 0 || this.#readsQuery(context)) return true;
    throw malformed(unknownParameters(names));
  }

  #readsQuery(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    if (this.reflector.get<boolean | undefined>(READS_QUERY, handler)) return true;
    const parameters: unknown = Reflect.getMetadata(
      ROUTE_ARGS_METADATA,
      context.getClass(),
      handler.name,
    );
    const kinds = Object.keys(parameters ?? {}).map((key) => Number(key.split(':')[0]));
    return kinds.includes(RouteParamtypes.QUERY);
  }
}
