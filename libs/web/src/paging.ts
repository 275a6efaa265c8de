import { Transform } from 'class-transformer';
import type { Request, Response } from 'express';
import { contentHash, shape } from '#libs/kernel';
import { OptionalField } from './fields.js';
import { malformed } from './problem.js';

const PAGE_DEFAULT = 50;
const PAGE_MAX = 500;

/** The part of a query that every list takes. */
export class PageQuery {
  @OptionalField(shape.text(1000), { type: String, description: 'Where the page before ended.' })
  readonly cursor?: string;

  @Transform(({ value }: { value: unknown }) => wholeNumber(value))
  @OptionalField(shape.integer(1, PAGE_MAX), {
    type: Number,
    minimum: 1,
    maximum: PAGE_MAX,
    default: PAGE_DEFAULT,
  })
  readonly limit?: number;
}

function wholeNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

export function pageSizeOf({ limit }: PageQuery): number {
  return limit ?? PAGE_DEFAULT;
}

/** Wraps a place in a list for the caller, bound to the question, since it means nothing in another. */
export function sealCursor(place: string, question: unknown): string {
  return Buffer.from(JSON.stringify([tagOf(question), place])).toString('base64url');
}

/** The place that a cursor holds; undefined at the first page. Throws the Problem where it is none. */
export function openCursor({ cursor }: PageQuery, question: unknown): string | undefined {
  if (cursor === undefined) return undefined;
  const [tag, place] = partsOf(cursor);
  if (tag === tagOf(question) && typeof place === 'string') return place;
  throw malformed([
    { field: 'cursor', problem: 'must be one that this list gave for the same question' },
  ]);
}

function tagOf(question: unknown): string {
  return contentHash(question).slice(0, 12);
}

function partsOf(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The query parameter that gives the next page; absent on the last one. */
  readonly nextCursor?: string;
  /** The address of the next page, to be fetched as it stands. */
  readonly next?: string;
}

/** A page as it is answered, with the way to the next in the body and in the header `Link`. */
export function pageOf<Item>(
  items: readonly Item[],
  nextCursor: string | undefined,
  { request, response }: { readonly request: Request; readonly response: Response },
): Page<Item> {
  if (nextCursor === undefined) return { items };
  const url = new URL(request.originalUrl, 'http://localhost');
  url.searchParams.set('cursor', nextCursor);
  const next = `${url.pathname}${url.search}`;
  response.setHeader('Link', `<${next}>; rel="next"`);
  return { items, nextCursor, next };
}
