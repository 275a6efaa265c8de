import { STATUS_CODES } from 'node:http';
import type { Refusal } from '#libs/kernel';

/** What is wrong with one field of a body, a query or the headers; never the value. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

export interface ProblemDetails {
  readonly status: number;
  /** A closed code, by which programs tell problems apart. */
  readonly code: string;
  /** One sentence for people: what is wrong and what to do. */
  readonly detail: string;
  readonly rule?: string;
  readonly citation?: string;
  readonly field?: string;
  readonly errors?: readonly FieldProblem[];
  /** Of readiness: each part and its state. */
  readonly parts?: object;
}

/** Thrown where a request ends in an answer other than success; the filter writes it as RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly details: ProblemDetails,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(details.detail);
    this.name = 'Problem';
  }
}

/** The problem that a refusal is: 409 where what is recorded says no, 422 where a rule does. */
export function refused(refusal: Refusal): Problem {
  const { because, ...rest } = refusal;
  return new Problem({ status: because === 'state' ? 409 : 422, ...rest });
}

/** A request that is malformed: each field that is at fault is named. */
export function malformed(errors: readonly FieldProblem[], detail?: string): Problem {
  const [first, ...others] = errors;
  const also = others.length === 0 ? '' : ` (and ${others.length} more: see errors)`;
  const sentence = first ? `${first.field} ${first.problem}${also}.` : 'The request is malformed.';
  return new Problem({ status: 400, code: 'Malformed', detail: detail ?? sentence, errors });
}

/** One problem for each query parameter that means nothing here. */
export function unknownParameters(names: readonly string[]): readonly FieldProblem[] {
  return names.map((field) => ({ field, problem: 'is no query parameter of this address' }));
}

/** What is asked for is answered in other forms only. */
export function notAcceptable(forms: readonly string[]): Problem {
  return new Problem({
    status: 406,
    code: 'NotAcceptable',
    detail: `This is answered as ${forms.join(' or ')}: ask for one of them by Accept.`,
  });
}

export function notFound(detail: string): Problem {
  return new Problem({ status: 404, code: 'NotFound', detail });
}

/** Something that this process needs is away for now; the caller may try again. */
export function unavailable(code: string, detail: string, retryAfterSeconds = 2): Problem {
  return new Problem({ status: 503, code, detail }, { 'Retry-After': String(retryAfterSeconds) });
}

/** The body of the answer, `application/problem+json`. */
export function problemBody(details: ProblemDetails, correlationId: string | undefined): string {
  return JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[details.status],
    ...details,
    ...(correlationId !== undefined && { correlationId }),
  });
}
