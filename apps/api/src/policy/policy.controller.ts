import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { readKnownAt } from '#libs/kernel';
import { checkArrival, policyOverview } from '#libs/policy';
import { isClassOfAdmission } from '#libs/reference';
import {
  AnyRole,
  malformed,
  openCursor,
  pageOf,
  pageSizeOf,
  sealCursor,
  writePosition,
} from '#libs/web';
import { listTimeline, policyTimeline } from '#projections/policy-timeline';
import { ApiPage } from '../page-answer.js';
import { momentsOfPolicy, refuseOtherMoments } from '../present-only.js';
import { PolicyWorlds } from '../policy-worlds.js';
import { RegistryDay } from '../registry-day.js';
import { Views } from '../views.js';
import { PolicyBody, PolicyCheckBody, TimelineEventBody } from './policy-answers.dto.js';
import { PolicyCheckDto, PolicyQuery, TimelineQuery } from './policy.dto.js';

/** The law as it stands, stood, or would stand. */
@ApiTags('policy')
@Controller('api/policy')
@AnyRole()
export class PolicyController {
  constructor(
    private readonly worlds: PolicyWorlds,
    private readonly views: Views,
    private readonly day: RegistryDay,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is in force on a day' })
  @ApiOkResponse({ type: PolicyBody })
  async inForce(@Query() { on = this.day.registryDay(), knownAt }: PolicyQuery) {
    const moment = knownAt === undefined ? undefined : readKnownAt(knownAt);
    const { enacted } = await this.worlds.at(moment);
    return { knownAt: knownAt ?? null, ...policyOverview(enacted, on) };
  }

  @Get('timeline')
  @ApiOperation({ summary: 'The records of the policy in the order of the log, as corrected' })
  @ApiPage(TimelineEventBody)
  async timeline(
    @Query() query: TimelineQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    refuseOtherMoments(query, this.day.registryDay(), momentsOfPolicy);
    const question = { list: 'timeline' };
    const cursor = openCursor(query, question);
    const page = await this.views.read(policyTimeline, query.atLeast, (store) =>
      listTimeline(store, {
        ...(cursor !== undefined && { cursor }),
        limit: pageSizeOf(query),
      }),
    );
    const next = page.next === undefined ? undefined : sealCursor(page.next, question);
    const items = page.events.map(({ corrections, rescinded, ...event }) => ({
      ...inAnswer(event),
      corrections: corrections.map(inAnswer),
      ...(rescinded && { rescinded: inAnswer(rescinded) }),
    }));
    return pageOf(items, next, { request, response });
  }

  @Post('check')
  @HttpCode(200)
  @ApiOperation({ summary: 'Must somebody be registered on arrival? Nothing is stored' })
  @ApiOkResponse({ type: PolicyCheckBody })
  async check(@Body() body: PolicyCheckDto) {
    const { day, nationalities, sex, bornOn, classOfAdmission, scenario } = body;
    if (!isClassOfAdmission(classOfAdmission)) {
      const problem = 'is no class of admission of /api/reference/classes';
      throw malformed([{ field: 'classOfAdmission', problem }]);
    }
    if (bornOn > day) throw malformed([{ field: 'bornOn', problem: 'must not lie after day' }]);
    const worlds = await this.worlds.at();
    const judged =
      scenario === undefined ? worlds.enacted : worlds.world(scenario, 'scenario').policy;
    return checkArrival(judged, { day, nationalities, sex, bornOn, classOfAdmission });
  }
}

/** With its place in the log as positions are written. */
function inAnswer(placed: { readonly position: number }): object {
  return { ...placed, position: writePosition(placed.position) };
}
