import { ValidationPipe } from '@nestjs/common';
import { type FieldProblem, malformed } from './problem.js';

/** Names in an answer are cut: an unknown field's name is the caller's text. */
const NAME_MAX = 60;

/** Checks bodies and queries against their classes; unknown fields are named and refused. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => malformed(errors.flatMap((error) => problemsOf(error, ''))),
  });
}

interface FieldError {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly FieldError[];
}

function problemsOf(error: FieldError, parent: string): FieldProblem[] {
  const field = pathOf(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    field,
    problem: name === 'whitelistValidation' ? 'is not a field that exists here' : message,
  }));
  // A field that is no object at all has been said to be none already.
  const inner = own.length > 0 ? [] : (error.children ?? []);
  return [...own, ...inner.flatMap((child) => problemsOf(child, field))];
}

function pathOf(parent: string, name: string): string {
  const short = name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name;
  if (/^\d+$/.test(name) && parent !== '') return `${parent}[${name}]`;
  return parent === '' ? short : `${parent}.${short}`;
}
