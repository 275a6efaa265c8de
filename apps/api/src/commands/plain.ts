import { instanceToPlain } from 'class-transformer';

/** The checked body as plain data: what is stored and hashed has no class. */
export function plain<Body extends object>(body: Body): Body {
  return instanceToPlain(body) as Body;
}
