import { Body, Controller, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Issue, registrantCommandClasses as commands } from '#libs/command-handling';
import { CommandRoute } from '../command-route.js';
import { Issued } from '../issued.js';
import { plain } from '../plain.js';
import {
  AcceptGoodCauseDto,
  DetermineWilfulnessDto,
  GrantExemptionDto,
  InitiateRemovalProceedingsDto,
  RebutPresumptionDto,
} from './decisions.dto.js';
import { IssueRegistrantCommand } from './issue-registrant-command.js';

/** What officers decided of a registrant, with what they relied on. */
@ApiTags('registrant commands')
@Controller('api/commands')
export class DecisionsController {
  constructor(private readonly commands: IssueRegistrantCommand) {}

  @CommandRoute('grant-exemption', 'officer')
  grantExemption(
    @Body() body: GrantExemptionDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.GrantExemption(plain(body), issue), response);
  }

  @CommandRoute('accept-good-cause', 'officer')
  acceptGoodCause(
    @Body() body: AcceptGoodCauseDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.AcceptGoodCause(plain(body), issue), response);
  }

  @CommandRoute('determine-wilfulness', 'officer')
  determineWilfulness(
    @Body() body: DetermineWilfulnessDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.DetermineWilfulness(plain(body), issue), response);
  }

  @CommandRoute('initiate-removal-proceedings', 'officer')
  initiateRemovalProceedings(
    @Body() body: InitiateRemovalProceedingsDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(
      new commands.InitiateRemovalProceedings(plain(body), issue),
      response,
    );
  }

  @CommandRoute('rebut-presumption', 'officer')
  rebutPresumption(
    @Body() body: RebutPresumptionDto,
    @Issued() issue: Issue,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.commands.issue(new commands.RebutPresumption(plain(body), issue), response);
  }
}
