import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblem, Problem, Public } from '#libs/web';
import { RegistryDay } from '../registry-day.js';
import { ReadyBody } from './readiness.dto.js';
import { type Parts, Readiness } from './readiness.js';

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
  @ApiOkResponse({ type: ReadyBody })
  @ApiProblem(503, 'A part is not ready: `parts` says which, and why.')
  async ready(): Promise<object> {
    const { isReady, parts } = await this.readiness.look();
    if (isReady) return { status: 'ready', registryDay: this.day.registryDay(), parts };
    const names = namesOfUnready(parts).join(', ');
    throw new Problem(
      { status: 503, code: 'NotReady', detail: `Not ready: ${names}. See parts.`, parts },
      { 'Retry-After': '1' },
    );
  }
}

/** As they stand in the answer, a view by its own name. */
function namesOfUnready({ views, ...single }: Parts): string[] {
  const named = [...Object.entries(single), ...views.map((view) => [view.name, view] as const)];
  return named.filter(([, { state }]) => state !== 'ready').map(([name]) => name);
}
