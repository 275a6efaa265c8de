import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, Problem, Public } from '#libs/web';
import { RegistryDay } from '../registry-day.js';
import { Readiness } from './readiness.js';

/** Whether this process lives, and whether it can serve. */
@ApiTags('operations')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly day: RegistryDay,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process lives' })
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Every part is ready; else which is not' })
  @ApiProblem(503)
  async ready() {
    const { isReady, parts } = await this.readiness.look();
    if (isReady) return { status: 'ready', registryDay: this.day.registryDay(), parts };
    throw new Problem(
      { status: 503, code: 'NotReady', detail: 'A part is not ready yet: see parts.', parts },
      { 'Retry-After': '1' },
    );
  }
}
