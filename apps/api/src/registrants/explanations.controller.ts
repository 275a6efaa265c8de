import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { explanationText } from '#libs/assessment';
import { ApiProblem, notAcceptable, ReadsPerson, Roles } from '#libs/web';
import { RegistryDay } from '../registry-day.js';
import { ExplanationBody } from './explanation-answer.dto.js';
import { questionFrom, registrantIdFrom } from './questions.js';
import { Records } from './records.js';
import { PersonQuery } from './registrants.dto.js';

/** What analysts read of one person: why it is so, and why it would be otherwise. No personal content. */
@ApiTags('registrants')
@Controller('api/registrants')
@Roles('analyst')
@ReadsPerson()
export class ExplanationsController {
  constructor(
    private readonly records: Records,
    private readonly day: RegistryDay,
  ) {}

  @Get(':id/explanation')
  @ApiOperation({ summary: 'Each obligation with the law and the facts behind it, in both worlds' })
  @ApiExtraModels(ExplanationBody)
  @ApiResponse({
    status: 200,
    description: 'As JSON, or as text for people, as Accept says.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ExplanationBody) } },
      'text/plain': { schema: { type: 'string' } },
    },
  })
  @ApiProblem(404)
  @ApiProblem(406, 'Accept asks for neither JSON nor text.')
  @ApiProblem(422, 'The scenario cannot be applied to the policy as it stands here.')
  async explanation(
    @Param('id') id: string,
    @Query() query: PersonQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const format = request.accepts(['application/json', 'text/plain']);
    if (format === false) throw notAcceptable(['application/json', 'text/plain']);
    const question = questionFrom(query, this.day.registryDay());
    const explanation = await this.records.explanation(registrantIdFrom(id), question);
    response.vary('Accept');
    if (format === 'application/json') return explanation;
    response.type('text/plain; charset=utf-8');
    return explanationText(explanation);
  }
}
