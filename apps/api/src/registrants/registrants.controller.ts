import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  ApiProblem,
  etagOf,
  malformed,
  notFound,
  openCursor,
  pageOf,
  pageSizeOf,
  ReadsPerson,
  Roles,
  sealCursor,
  writePosition,
} from '#libs/web';
import {
  type FileOnDay,
  getRegistrant,
  listRegistrants,
  registrantFile,
  type RegistrantKey,
  searchRegistrants,
} from '#projections/registrant-file';
import { AssessmentBody } from '../assessment.dto.js';
import { plain } from '../commands/plain.js';
import { momentsOfPeople, PresentPageQuery, refuseOtherMoments } from '../present-only.js';
import { RegistryDay } from '../registry-day.js';
import { Views } from '../views.js';
import { ApiPage } from '../page-answer.js';
import { markedHistory } from './history.js';
import { questionFrom, registrantIdFrom } from './questions.js';
import { Records } from './records.js';
import { HistoryBody, RegistrantFileBody } from './registrant-answers.dto.js';
import {
  ObligationsQuery,
  RegistrantSearchDto,
  RegistrantsQuery,
  ViewQuery,
} from './registrants.dto.js';

/** What officers read of people. Every reading states its purpose. */
@ApiTags('registrants')
@Controller('api/registrants')
@Roles('officer')
@ReadsPerson()
export class RegistrantsController {
  constructor(
    private readonly views: Views,
    private readonly records: Records,
    private readonly day: RegistryDay,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Registrants by nationality, port, office and whereabouts' })
  @ApiPage(RegistrantFileBody)
  async list(
    @Query() query: RegistrantsQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { cursor: _cursor, limit: _limit, on: _on, knownAt: _knownAt, ...asked } = query;
    const { atLeast, ...filters } = asked;
    refuseOtherMoments(query, this.day.registryDay(), momentsOfPeople);
    const question = { list: 'registrants', ...filters };
    const cursor = openCursor(query, question);
    const page = await this.views.read(registrantFile, atLeast, (store) =>
      listRegistrants(store, {
        ...filters,
        ...(cursor !== undefined && { cursor }),
        limit: pageSizeOf(query),
        today: this.day.registryDay(),
      }),
    );
    const next = page.next === undefined ? undefined : sealCursor(page.next, question);
    return pageOf(page.documents.map(onWire), next, { request, response });
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Registrants by FIN, admission number, passport, or name with birth day',
  })
  @ApiPage(RegistrantFileBody)
  async search(
    @Body() body: RegistrantSearchDto,
    @Query() query: PresentPageQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    refuseOtherMoments(query, this.day.registryDay(), momentsOfPeople);
    const by = keyOf(body);
    // The question is bound by what kind it is: its values stay out of the cursor.
    const question = { list: 'search', by: Object.keys(by) };
    const cursor = openCursor(query, question);
    const page = await this.views.read(registrantFile, undefined, (store) =>
      searchRegistrants(store, {
        by,
        ...(cursor !== undefined && { cursor }),
        limit: pageSizeOf(query),
        today: this.day.registryDay(),
      }),
    );
    const next = page.next === undefined ? undefined : sealCursor(page.next, question);
    return pageOf(page.documents.map(onWire), next, { request, response });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One registrant’s file' })
  @ApiOkResponse({ type: RegistrantFileBody })
  @ApiProblem(404)
  async get(
    @Param('id') id: string,
    @Query() { atLeast }: ViewQuery,
    @Res({ passthrough: true }) response: Response,
  ) {
    const registrantId = registrantIdFrom(id);
    const file = await this.views.read(registrantFile, atLeast, (store) =>
      getRegistrant(store, registrantId, this.day.registryDay()),
    );
    if (!file) throw notFound(`No registrant has the id ${registrantId}.`);
    response.setHeader('ETag', etagOf(file.revision));
    return onWire(file);
  }

  @Get(':id/history')
  @ApiOperation({
    summary: 'All events of one registrant in the order of the log, with what corrects what',
  })
  @ApiOkResponse({ type: HistoryBody })
  @ApiProblem(404)
  async history(@Param('id') id: string, @Query() _query: ViewQuery) {
    const events = await this.records.events(registrantIdFrom(id));
    return {
      registrantId: id,
      events: markedHistory(events).map(({ position, ...event }) => ({
        ...event,
        position: writePosition(position),
      })),
    };
  }

  @Get(':id/obligations')
  @ApiOperation({ summary: 'What one registrant owes, owed and has kept, seen from a day' })
  @ApiOkResponse({ type: AssessmentBody })
  @ApiProblem(404)
  @ApiProblem(422, 'The scenario cannot be applied to the policy as it stands here.')
  async obligations(@Param('id') id: string, @Query() query: ObligationsQuery) {
    const { upcoming = true } = query;
    const question = questionFrom(query, this.day.registryDay());
    return this.records.obligations(registrantIdFrom(id), { ...question, upcoming });
  }
}

function onWire({ position, ...file }: FileOnDay): object {
  return { ...file, position: writePosition(position) };
}

function keyOf({ fin, admissionNumber, passport, name }: RegistrantSearchDto): RegistrantKey {
  const keys: RegistrantKey[] = [
    ...(fin === undefined ? [] : [{ fin }]),
    ...(admissionNumber === undefined ? [] : [{ admissionNumber }]),
    ...(passport === undefined ? [] : [{ passport: plain(passport) }]),
    ...(name === undefined ? [] : [{ name: plain(name) }]),
  ];
  const [key] = keys;
  if (key && keys.length === 1) return key;
  throw malformed([
    { field: 'body', problem: 'must have exactly one of fin, admissionNumber, passport or name' },
  ]);
}
