import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblem, BodyLimit, malformed, notFound, Roles, SCENARIO_BODY_LIMIT } from '#libs/web';
import { ReplayAnswerBody } from './replay-answer.dto.js';
import { Replays } from './replays.js';
import { ReplayDto } from './replays.dto.js';

/** History under other rules. */
@ApiTags('replays')
@Controller('api/replays')
@Roles('analyst')
export class ReplaysController {
  constructor(private readonly replays: Replays) {}

  @Post()
  @BodyLimit(SCENARIO_BODY_LIMIT)
  @ApiOperation({ summary: 'Replay the whole history under scenarios and count' })
  @ApiCreatedResponse({ type: ReplayAnswerBody })
  @ApiProblem(400)
  @ApiProblem(422, 'A scenario cannot be applied to the policy as it stands here.')
  async run(@Body() body: ReplayDto, @Res({ passthrough: true }) response: Response) {
    const { from, to } = body;
    if (from !== undefined && to !== undefined && to < from) {
      throw malformed([{ field: 'to', problem: 'must not lie before from' }]);
    }
    const answer = await this.replays.run(body);
    response.setHeader('Location', `/api/replays/${answer.id}`);
    return answer;
  }

  @Get(':id')
  @ApiOperation({ summary: 'A replay that was run before' })
  @ApiOkResponse({ type: ReplayAnswerBody })
  @ApiProblem(404)
  get(@Param('id') id: string) {
    const answer = this.replays.find(id);
    if (answer) return answer;
    throw notFound('No replay with this id is kept here; ask the question again.');
  }
}
