import type { Document, Filter } from 'mongodb';
import type { Collection, FieldKind, ViewDocument } from './collection.js';
import { isStorable } from './document.js';
import type { Place, Sort } from './place.js';
import type { Bounds, Condition, Query } from './port.js';

/** What a document must be like; operators are always named, so that no value is taken for one. */
type Part = Filter<ViewDocument>;

/** The documents that fulfil all conditions. */
export function filterOf(collection: Collection, where: readonly Condition[]): Part {
  return all(where.map((condition) => ofCondition(collection, condition)));
}

/** Those of a query from behind the place on; what lacks the field to sort by is left out. */
export function pageFilter(
  collection: Collection,
  { where = [], sort }: Query,
  after: Place | undefined,
): Part {
  const parts = where.map((condition) => ofCondition(collection, condition));
  if (sort) parts.push({ [sort.field]: { $exists: true } });
  if (after) parts.push(...behind(after, sort));
  return all(parts);
}

function all(parts: Part[]): Part {
  return parts.length === 0 ? {} : { $and: parts };
}

function ofCondition(collection: Collection, condition: Condition): Part {
  const { field } = condition;
  if ('range' in condition) {
    const fields: Readonly<Record<string, FieldKind | undefined>> = collection.fields;
    const bounds = within(condition.range);
    return { [field]: fields[field] === 'list' ? { $elemMatch: bounds } : bounds };
  }
  if ('prefix' in condition) {
    const { prefix } = condition;
    return isStorable(prefix) ? { [field]: { $regex: `^${literally(prefix)}` } } : among([], field);
  }
  return among('equals' in condition ? [condition.equals] : condition.in, field);
}

/** By what no document can hold nothing is found; the server is not asked whether it could compare it. */
function among(values: readonly (string | number | boolean)[], field: string): Part {
  const storable = values.filter((value) => isStorable(value));
  return { [field]: storable.length === 1 ? { $eq: storable[0] } : { $in: storable } };
}

function within({ from, above, to, below }: Bounds): Document {
  return {
    ...(from !== undefined && { $gte: from }),
    ...(above !== undefined && { $gt: above }),
    ...(to !== undefined && { $lte: to }),
    ...(below !== undefined && { $lt: below }),
  };
}

/** What stands for itself in a regular expression, and lets the server use its index. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|#\-/]/g, String.raw`\$&`);
}

/** The bound on the field alone is implied by the rest: from it the server knows where to begin. */
function behind({ value, id }: Place, sort: Sort): Part[] {
  const [beyond, from] = sort?.descending ? ['$lt', '$lte'] : ['$gt', '$gte'];
  if (!sort) return [{ _id: { [beyond]: id } }];
  const { field } = sort;
  return [
    { [field]: { [from]: value } },
    { $or: [{ [field]: { [beyond]: value } }, { [field]: { $eq: value }, _id: { [beyond]: id } }] },
  ];
}
