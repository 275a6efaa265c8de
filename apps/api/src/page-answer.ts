import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/** Documents an answer that is a page of a list: how to get the next one is said in it. */
export function ApiPage(item: Class): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      headers: { Link: { description: 'The next page (rel="next").', schema: { type: 'string' } } },
      schema: {
        type: 'object',
        required: ['items'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: 'string', description: 'Absent on the last page, like `next`.' },
          next: { type: 'string', description: 'The address of the next page.' },
        },
      },
    }),
  );
}
